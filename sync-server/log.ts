import { pino, destination, type Logger } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Logger

/**
 * JSON lines on stderr: stdout carries the ready line and the sample accounts only. Nobody's words, passwords, tokens or
 * codes are logged; what could hold one is redacted in case a caller forgets.
 */
export function openLog(level: LogLevel): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['password', 'token', 'ticket', 'code', '*.password', '*.token', '*.ticket', '*.code', 'req.headers'],
        censor: '[redacted]',
      },
    },
    // Synchronous: what is said just before the process ends must be readable afterwards.
    destination({ fd: 2, sync: true }),
  )
}
