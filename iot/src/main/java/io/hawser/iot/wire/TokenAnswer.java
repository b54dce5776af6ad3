package io.hawser.iot.wire;

import io.hawser.core.value.Fields;

/**
 * A token ({@code specs/iot.md} 1.2).
 *
 * @param token what stands behind {@code Bearer}; the originals' has 32 hex digits
 * @param lifeMillis how long it is good, from now on; the original Java library reads no more than 31 bits
 */
public record TokenAnswer(String token, int lifeMillis) {
    /** What {@code fields} say. */
    public static TokenAnswer of(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "the token: ");
        long life = members.requiredInteger("expires_in");
        if (life < 1 || life > Integer.MAX_VALUE) {
            throw members.wrong("expires_in", "is no count of milliseconds in 31 bits");
        }
        String type = members.text("token_type").orElse("Bearer");
        if (!type.equalsIgnoreCase("Bearer")) {
            throw members.wrong("token_type", "is not Bearer");
        }
        return new TokenAnswer(members.required("access_token"), (int) life);
    }

    /** The members, in the order of the original. */
    public Fields fields() {
        return Fields.builder()
                .put("expires_in", lifeMillis)
                .put("token_type", "Bearer")
                .put("access_token", token)
                .build();
    }
}
