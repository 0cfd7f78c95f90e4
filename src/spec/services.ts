import { z } from 'zod'

/** So many services fit beside the gate on the inside network (plan/networks.ts). */
export const mostServices = 8

// What these names lead to inside is not a service's to say.
const taken = /^(localhost|bottle|gate)$/i

/** Names of services, as the keys of a job's `services:` are written (GitHub's workflow syntax, job ids). */
export const servicesSchema = z
  .array(
    z
      .string()
      .regex(
        /^[A-Za-z_][A-Za-z0-9_-]{0,62}$/,
        'is not the name of a service; write a key of the job’s `services:`, such as postgres',
      )
      .refine(name => !taken.test(name), 'leads to something else inside; give the service another name in the job'),
  )
  .max(mostServices, `names more than ${mostServices} services, which is the most that a bottle joins`)
  .superRefine((names, context) => {
    for (const [index, name] of names.entries())
      if (names.slice(0, index).some(one => one.toLowerCase() === name.toLowerCase()))
        context.addIssue({ code: 'custom', path: [index], message: `"${name}" is named twice; take one out` })
  })
