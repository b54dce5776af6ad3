package io.hawser.eftl.wire;

/**
 * The hot path of {@link ServerFrame.Event}: a frame is a small head of one subscriber and a tail that all receivers of
 * the message share.
 *
 * <pre>
 * {"op":7,"to":"1","seq":12,"sid":2,"cnt":1,"body":   head, written into the caller's buffer
 * {"x":1}}                                            tail, made once a message
 * </pre>
 *
 * <p>Both together are byte for byte what {@link EftlCodec#write(ServerFrame)} gives. One head a subscription; immutable.
 */
public final class EventHead {
    private static final byte[] SEQ = ascii(",\"seq\":");
    private static final byte[] SID = ascii(",\"sid\":");
    private static final byte[] CNT = ascii(",\"cnt\":");
    private static final byte[] REPLY_TO = ascii(",\"reply_to\":");
    private static final byte[] REQ = ascii(",\"req\":");
    private static final byte[] BODY = ascii(",\"body\":");
    private static final int NUMBERS = SEQ.length + SID.length + CNT.length + BODY.length + 3 * JsonBytes.LONG_BYTES;

    private final byte[] start;

    private EventHead(byte[] start) {
        this.start = start;
    }

    /** The heads of all events for {@code subscription}. */
    public static EventHead of(String subscription) {
        return new EventHead(
                new JsonBytes(64).raw("{\"op\":7,\"to\":").text(subscription).take());
    }

    /** How many bytes a head without a reply address takes at most. */
    public int room() {
        return start.length + NUMBERS;
    }

    /** How many bytes a head with {@code replyTo}, from {@link #inbox}, takes at most. */
    public int room(byte[] replyTo) {
        return room() + REPLY_TO.length + replyTo.length + REQ.length + JsonBytes.LONG_BYTES;
    }

    /**
     * Writes a head at {@code at} and returns the place after it.
     *
     * @param target has at least {@link #room()} bytes from {@code at} on
     * @param seq the event's number
     * @param storeId 0 if the subscription is not durable
     * @param deliveryCount 0 if not counted
     */
    public int write(byte[] target, int at, long seq, long storeId, long deliveryCount) {
        return put(target, numbers(target, at, seq, storeId, deliveryCount), BODY);
    }

    /**
     * Writes the head of a request.
     *
     * @param target has at least {@link #room(byte[])} bytes from {@code at} on
     * @param replyTo the address's inbox, from {@link #inbox}
     * @param request the address's number
     */
    public int write(byte[] target, int at, long seq, long storeId, long deliveryCount, byte[] replyTo, long request) {
        int end = put(target, numbers(target, at, seq, storeId, deliveryCount), REPLY_TO);
        end = put(target, put(target, end, replyTo), REQ);
        return put(target, JsonBytes.number(target, end, request), BODY);
    }

    /** The inbox of a reply address as JSON, made once a request. */
    public static byte[] inbox(ReplyAddress address) {
        return new JsonBytes(address.inbox().length() + 2).text(address.inbox()).take();
    }

    /** What follows the head for every receiver. */
    public static byte[] tail(Body body) {
        return new JsonBytes(body.json().length + 1).raw(body.json()).raw('}').take();
    }

    /** What follows the head for those of our own clients. */
    public static byte[] tail(Body body, ServerFrame.Origin origin) {
        return ServerWriter.origin(new FrameText(body, 128), origin).end();
    }

    private int numbers(byte[] target, int at, long seq, long storeId, long deliveryCount) {
        int end = JsonBytes.number(target, put(target, put(target, at, start), SEQ), seq);
        if (storeId != 0) {
            end = JsonBytes.number(target, put(target, end, SID), storeId);
        }
        if (deliveryCount != 0) {
            end = JsonBytes.number(target, put(target, end, CNT), deliveryCount);
        }
        return end;
    }

    private static int put(byte[] target, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
        return at + bytes.length;
    }

    private static byte[] ascii(String text) {
        return new JsonBytes(text.length()).raw(text).take();
    }
}
