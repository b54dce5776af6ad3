package io.hawser.eftl.wire;

/**
 * Why the server did not do what was asked.
 *
 * @param code member {@code err}, see {@link EftlError}; 0 if the server gave none
 * @param reason member {@code reason}, for people; may be empty
 */
public record Refusal(int code, String reason) {}
