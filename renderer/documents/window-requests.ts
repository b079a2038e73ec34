import type { RequestId } from '../../model/ids.ts'
import { LiveValue } from './live.ts'
import type { Live } from './plein.ts'
import type { OpenAsk, Requests, RequestView } from './requests.ts'

/** Requests of this laptop. */
export class WindowRequests implements Requests {
  readonly all: Live<readonly RequestView[]> = new LiveValue([])
  readonly openAsks: Live<readonly OpenAsk[]> = new LiveValue([])

  request(): Live<RequestView | null> {
    return new LiveValue<RequestView | null>(null)
  }

  send(): Promise<RequestId> {
    return Promise.reject(new Error('Requests are not sent by this version'))
  }

  dismiss(): Promise<void> {
    return Promise.resolve()
  }
}
