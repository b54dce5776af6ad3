package io.hawser.clever.wire;

/** The words of headers and contents ({@code specs/clever.md} 1.2 to 1.8), and ours ({@code docs/decisions/0016}). */
final class Keys {
    static final String BYTE_ORDER = "byteorder";
    static final String CONTENT_TYPE = "content-type";
    static final String CONTENT_ENCODING = "content-encoding";
    static final String CONTENT_LENGTH = "content-length";
    static final String MESSAGE_TYPE = "message-type";
    static final String MESSAGE = "message";
    static final String REQUEST = "request";
    static final String RESPONSE = "response";
    static final String ACTION = "action";
    static final String FILE_PATH = "filepath";
    static final String REQUESTED_VALUE = "requested_value";
    static final String REQUEST_ID = "request_id";
    static final String ARGS = "args";
    static final String KWARGS = "kwargs";
    static final String VALUE = "value";

    /** The message type of what only peers of ours say. */
    static final String EXTRA = "hawser";
    /** Which of these it is. */
    static final String EXTRA_KIND = "hawser-kind";
    /** What it is about: an action to acknowledge, a request, a transfer. */
    static final String EXTRA_ID = "hawser-id";
    /** Where the bytes of a chunk belong. */
    static final String OFFSET = "hawser-offset";
    /** Why a response has no value. */
    static final String ERROR = "hawser-error";

    private Keys() {}
}
