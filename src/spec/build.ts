import { z } from 'zod'

const inside = z
  .string()
  .refine(
    path => path !== '' && !path.startsWith('/') && !path.split('/').includes('..'),
    'leaves the workspace; write a path inside it, such as . or docker/agent',
  )

/** How the bottle's image is built from the workspace, when it is not pulled. */
export const buildSchema = z.strictObject({
  context: inside.default('.').describe('The folder of the workspace that the build may copy from.'),
  dockerfile: inside.default('Dockerfile').describe('The Dockerfile, inside the context.'),
  args: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of a build argument; write one such as VERSION'),
      z.string(),
    )
    .default({})
    .describe('Build arguments: literal strings, never secrets, since an image tells its history.'),
  target: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'is not the name of a stage; write one such as test')
    .optional()
    .describe('The stage of the Dockerfile to build. Default: the last one.'),
  network: z
    .enum(['default', 'none'])
    .default('default')
    .describe("What the build's own steps may reach: what the engine's containers may, or nothing."),
})

/** How an image is built, every default filled. */
export type BuildSpec = z.output<typeof buildSchema>
