// The other end of child.ts, plain JavaScript because the peers' programs, which nothing compiles, use it too.

/**
 * Answers the questions of the parent by the function of the same name; `cpu` gives the CPU time of this process in ms.
 * @param {Record<string, (argument: any) => unknown>} answers
 */
export function answerQuestions(answers) {
  const all = { cpu: cpuMs, ...answers }
  const answer = async (message) => {
    if (typeof message !== 'object' || message === null) return
    try {
      process.send?.({ answer: (await all[message.question]?.(message.argument)) ?? null })
    } catch (error) {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) })
    }
  }
  const stop = async () => {
    // A peer that never finishes closing must not stay behind.
    await Promise.race([answers.stop?.(), new Promise((resolve) => setTimeout(resolve, 2000))])
    process.exit(0)
  }
  process.on('message', (message) => void answer(message))
  process.on('SIGTERM', () => void stop())
  process.channel?.ref()
  process.send?.({ answer: 'ready' })
}

function cpuMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
