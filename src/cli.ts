#!/usr/bin/env node
import { commandLine } from './cli/commands.ts'

process.exitCode = await commandLine(process.argv.slice(2))
