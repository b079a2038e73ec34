import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import {
  channelOf,
  IpcRejected,
  mustParseArgs,
  requestNames,
  type DesktopNotices,
  type NoticeName,
  type RequestAnswer,
  type RequestArgs,
  type RequestName,
} from '../model/ipc.ts'
import { isTrustedSender } from './sender-policy.ts'

type Handler<Name extends RequestName> = (
  args: RequestArgs<Name>,
  sender: WebContents,
) => RequestAnswer<Name> | Promise<RequestAnswer<Name>>

/** What main does for each request. Answers are plain literals: an object with a getter may not cross. */
export type Handlers = { readonly [Name in RequestName]: Handler<Name> }

/** The only place that listens to renderers: checks who asks, parses what is asked, then hands on. */
export function serveRequests(handlers: Handlers, isOwnWindow: (sender: WebContents) => boolean): void {
  for (const name of requestNames) serveRequest(name, handlers, isOwnWindow)
}

function serveRequest<Name extends RequestName>(
  name: Name,
  handlers: Handlers,
  isOwnWindow: (sender: WebContents) => boolean,
): void {
  ipcMain.handle(channelOf(name), async (event, ...args: unknown[]) => {
    if (!isTrustedSender(describeSender(event, isOwnWindow))) throw new IpcRejected('foreign-sender', name)
    return handlers[name](mustParseArgs(name, args), event.sender)
  })
}

/** Tells a window something; nothing happens where it is gone. */
export function sendNotice<Name extends NoticeName>(to: WebContents, name: Name, value: DesktopNotices[Name]): void {
  if (!to.isDestroyed()) to.send(channelOf(name), value)
}

function describeSender(event: IpcMainInvokeEvent, isOwnWindow: (sender: WebContents) => boolean) {
  const frame = event.senderFrame
  return {
    origin: frame?.origin ?? null,
    isMainFrame: frame !== null && frame.parent === null,
    isOwnWindow: isOwnWindow(event.sender),
  }
}
