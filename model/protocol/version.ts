/**
 * The version of the frames on `/connect`. A test holds the fingerprint of all message shapes and fails until this is
 * raised with them.
 *
 * 1: first version.
 */
export const protocolVersion = 1

/** The oldest version that this code still speaks. */
export const oldestProtocol = 1

/** WebSocket subprotocol of `/connect`; a ticket is offered beside it as `plein.ticket.<ticket>`. */
export const subprotocol = 'plein'
export const ticketPrefix = 'plein.ticket.'
