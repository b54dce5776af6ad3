package io.hawser.iot.wire;

import io.hawser.core.value.Fields;

/**
 * What keys a device shall make for itself ({@code specs/iot.md} 1.3).
 *
 * @param keyType {@code RSA}
 * @param hashAlgorithm {@code SHA256withRSA}
 * @param keySize in bits
 */
public record ActivationPolicy(String keyType, String hashAlgorithm, int keySize) {
    /** What the original says, and all that its devices know. */
    public static final ActivationPolicy DEFAULT = new ActivationPolicy("RSA", "SHA256withRSA", 2048);

    private static final int LARGEST = 16_384;

    /** What {@code fields} say. */
    public static ActivationPolicy of(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "the activation policy: ");
        long size = members.requiredInteger("keySize");
        if (size < 1 || size > LARGEST) {
            throw members.wrong("keySize", "is no size of a key in bits");
        }
        return new ActivationPolicy(members.required("keyType"), members.required("hashAlgorithm"), (int) size);
    }

    /** The members, in the order of the original. */
    public Fields fields() {
        return Fields.builder()
                .put("keyType", keyType)
                .put("hashAlgorithm", hashAlgorithm)
                .put("keySize", keySize)
                .build();
    }
}
