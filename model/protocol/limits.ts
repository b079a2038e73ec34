/** Bounds that both sides keep. Bytes unless named otherwise. */

/** One update of one document, merged or not. A page of 126,000 words with its history is about 3 MiB. */
export const maxUpdateBytes = 16 * 1024 * 1024
/** A whole frame: one largest update and its surroundings. */
export const maxFrameBytes = maxUpdateBytes + 64 * 1024
/** A push and a feed frame are cut near this size: one commit takes under 10 ms and memory stays bounded. */
export const chunkBytes = 1024 * 1024
/** Rows in one push. */
export const maxRowsPerPush = 2000
/** Bytes of feed that may be on their way to one device before it says `taken`. */
export const feedWindowBytes = 4 * 1024 * 1024
/** A socket whose unread queue passes this is closed with `slow-reader`. */
export const slowReaderBytes = 8 * 1024 * 1024
/** Updates with missing dependencies that are held for a while, per document and connection. */
export const heldGapBytes = 64 * 1024
export const heldGapMs = 10_000
/** Presence of one client. */
export const maxAwarenessBytes = 2048
/** Channels on one socket. */
export const maxChannels = 256
/** Documents in one fetch. */
export const maxFetchDocuments = 2000
export const maxSpaces = 5000
/** People in one frame: 50,000 cards are about 5 MiB. */
export const maxPeople = 50_000
/** A description of 1,000 characters, whatever the script. */
export const maxSpaceDescriptionBytes = 4000
/** One ask as JSON: its longest field is the description of a space, escaped. */
export const maxAskBytes = 16 * 1024
/** Answers, or open asks, in one frame. */
export const maxAnswers = 10_000
/** Rows of pages in one `rows` frame. */
export const maxRowsPerFrame = 20_000

/** The feed of a space merges what comes within this time, per document; large spaces longer. Milliseconds. */
export const feedMergeMs = 1000
export const feedMergeLargeSpaceMs = 5000
export const largeSpaceMembers = 200
/**
 * So many documents within one merge window are no typing but somebody who came back: the feed then waits for the rest of
 * their rows only. 1,000 pages changed on both sides take 1.07 s with the full window, mostly waiting.
 */
export const feedBulkDocuments = 64
export const feedBulkMergeMs = 20

/** Heartbeat of a visible or unsaved app; with the answer awaited 4 s, a half-open line is noticed within 10 s. */
export const heartbeatMs = 5000
export const heartbeatIdleMs = 60_000
export const heartbeatAnswerMs = 4000
