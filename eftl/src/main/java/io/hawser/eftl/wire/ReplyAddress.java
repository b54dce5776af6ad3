package io.hawser.eftl.wire;

/**
 * Where the answer to a request goes: a responder repeats both parts unread ({@code specs/eftl.md} 1.12).
 *
 * @param inbox {@code reply_to} of the event, {@code to} of the reply
 * @param request {@code req} of both
 */
public record ReplyAddress(String inbox, long request) {}
