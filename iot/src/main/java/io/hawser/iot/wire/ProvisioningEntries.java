package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provisioning file holds under its seal ({@code specs/iot.md} 2): entries of a tag (1 byte), a length (2 bytes, the high
 * one first) and a value. Tags that nobody knows are skipped; of those that stand once the last one counts.
 */
final class ProvisioningEntries {
    private static final int SERVER_URI = 1;
    private static final int CLIENT_ID = 2;
    private static final int SHARED_SECRET = 3;
    private static final int ENDPOINT_ID = 4;
    private static final int TRUST_ANCHOR = 5;
    private static final int PRIVATE_KEY = 6;
    private static final int PUBLIC_KEY = 7;
    private static final int CONNECTED_DEVICE = 8;

    private static final int HEAD = 3;
    private static final int LONGEST = 0xffff;

    private ProvisioningEntries() {}

    private record Entry(int tag, Value.Opaque value) {
        String text() throws CharacterCodingException {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(value.bytes())).toString();
        }
    }

    /**
     * What {@code plain} says; nothing if it is not made of entries, as when it was opened with a wrong passphrase.
     *
     * @throws ProtocolException if something is missing
     */
    static Optional<ProvisioningFile> read(byte[] plain) throws ProtocolException {
        try {
            Optional<List<Entry>> entries = entries(plain);
            return entries.isPresent() ? Optional.of(file(entries.get())) : Optional.empty();
        } catch (CharacterCodingException | IllegalArgumentException noText) {
            return Optional.empty();
        }
    }

    static byte[] write(ProvisioningFile file) throws ProtocolException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, SERVER_URI, file.serverUri().getBytes(UTF_8));
        put(out, CLIENT_ID, file.clientId().getBytes(UTF_8));
        put(out, SHARED_SECRET, file.sharedSecret().bytes());
        if (file.endpointId().isPresent()) {
            put(out, ENDPOINT_ID, file.endpointId().get().getBytes(UTF_8));
        }
        for (Value.Opaque anchor : file.trustAnchors()) {
            put(out, TRUST_ANCHOR, anchor.bytes());
        }
        if (file.privateKey().isPresent()) {
            put(out, PRIVATE_KEY, file.privateKey().get().bytes());
        }
        if (file.publicKey().isPresent()) {
            put(out, PUBLIC_KEY, file.publicKey().get().bytes());
        }
        for (Map.Entry<String, Value.Opaque> device : file.connectedDevices().entrySet()) {
            ByteArrayOutputStream nested = new ByteArrayOutputStream();
            put(nested, CLIENT_ID, device.getKey().getBytes(UTF_8));
            put(nested, SHARED_SECRET, device.getValue().bytes());
            put(out, CONNECTED_DEVICE, nested.toByteArray());
        }
        return out.toByteArray();
    }

    private static ProvisioningFile file(List<Entry> entries) throws ProtocolException, CharacterCodingException {
        Map<Integer, Entry> once = new LinkedHashMap<>();
        List<Value.Opaque> anchors = new ArrayList<>();
        Map<String, Value.Opaque> devices = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.tag() == TRUST_ANCHOR) {
                anchors.add(entry.value());
            } else if (entry.tag() == CONNECTED_DEVICE) {
                devices(entry, devices);
            } else {
                once.put(entry.tag(), entry);
            }
        }
        Optional<Entry> endpoint = Optional.ofNullable(once.get(ENDPOINT_ID));
        return new ProvisioningFile(
                required(once, SERVER_URI, "the URI of the server").text(),
                required(once, CLIENT_ID, "the client id").text(),
                required(once, SHARED_SECRET, "the shared secret").value(),
                endpoint.isPresent() ? Optional.of(endpoint.get().text()) : Optional.empty(),
                anchors,
                Optional.ofNullable(once.get(PRIVATE_KEY)).map(Entry::value),
                Optional.ofNullable(once.get(PUBLIC_KEY)).map(Entry::value),
                devices);
    }

    /** Pairs of an id and the secret that follows it. */
    private static void devices(Entry entry, Map<String, Value.Opaque> devices)
            throws ProtocolException, CharacterCodingException {
        List<Entry> nested = entries(entry.value().bytes())
                .orElseThrow(() -> ProtocolException.of("a connected device in the provisioning file is damaged"));
        String id = "";
        for (Entry each : nested) {
            if (each.tag() == CLIENT_ID) {
                id = each.text();
            } else if (each.tag() == SHARED_SECRET && !id.isEmpty()) {
                devices.put(id, each.value());
            }
        }
    }

    private static Entry required(Map<Integer, Entry> entries, int tag, String what) throws ProtocolException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            throw ProtocolException.of("the provisioning file does not hold " + what);
        }
        return entry;
    }

    /** The entries; nothing if the lengths do not add up. */
    private static Optional<List<Entry>> entries(byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            if (in.remaining() < HEAD) {
                return Optional.empty();
            }
            int tag = in.get() & 0xff;
            int length = in.getShort() & LONGEST;
            if (length > in.remaining()) {
                return Optional.empty();
            }
            byte[] value = new byte[length];
            in.get(value);
            entries.add(new Entry(tag, new Value.Opaque(value)));
        }
        return Optional.of(entries);
    }

    private static void put(ByteArrayOutputStream out, int tag, byte[] value) throws ProtocolException {
        if (value.length > LONGEST) {
            throw ProtocolException.of("an entry of a provisioning file has " + value.length + " bytes; at most "
                    + LONGEST + " can be said");
        }
        out.write(tag);
        out.write(value.length >> 8);
        out.write(value.length);
        out.writeBytes(value);
    }
}
