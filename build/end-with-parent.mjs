// Imported before the program of a child process (`node --import`): when the parent is gone, even by kill -9, the child
// ends itself the orderly way. Without it a server would stay behind and hold its port and its data folder.
// `stop` does the same on request, since Windows has no SIGTERM that a program could answer.
if (process.channel) {
  const end = () => {
    if (process.listenerCount('SIGTERM') > 0) process.emit('SIGTERM', 'SIGTERM')
    else process.exit(143)
  }
  process.on('disconnect', end)
  process.on('message', (message) => {
    if (message === 'plein:stop') end()
  })
  process.channel.unref()
}
