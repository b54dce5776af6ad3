package io.hawser.store.object;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.ObjectMetadata;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.UploadRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The records of objects in the database; numbers are big-endian. The content with number n is the file {@code n}, see
 * {@link ChunkFile}.
 *
 * <pre>
 *   family    key                       value
 *   objects   'n'                       8 the highest number ever given out
 *   objects   'c'                       nothing; there while the store is a copy that is not finished
 *   objects   'o' owner, 0, name        4 CRC32C of key and rest; 8 number; 8 revision; 8 size; text SHA-256; metadata;
 *                                       8 created; 8 modified
 *   objects   'u' 8 number              4 CRC32C of key and rest; text owner; text name; metadata; yes, 8 size or no;
 *                                       optional SHA-256
 *
 *   metadata  text content type; count of fields, for each: text name, text value
 * </pre>
 *
 * An object or an upload is what a record names; a file that no record names is a leftover.
 */
final class ObjectLayout {
    static final byte[] LAST = {'n'};
    static final byte OBJECT = 'o';
    static final byte UPLOAD = 'u';
    static final byte UNFINISHED = 'c';

    private static final BytesLimits LIMITS = new BytesLimits(16 * 1024, 0);

    private ObjectLayout() {}

    static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static byte[] key(ObjectName name) {
        byte[] owner = name.owner().getBytes(StandardCharsets.UTF_8);
        byte[] rest = name.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + owner.length + rest.length)
                .put(OBJECT)
                .put(owner)
                .put((byte) 0)
                .put(rest)
                .array();
    }

    static byte[] key(long upload) {
        return ByteBuffer.allocate(9).put(UPLOAD).putLong(upload).array();
    }

    static byte[] record(ObjectManifest object) {
        ObjectInfo info = object.info();
        ByteWriter out = new ByteWriter()
                .number(object.number())
                .number(info.revision())
                .number(info.size())
                .text(info.sha256());
        write(out, info.metadata());
        return sealed(key(info.name()), out.number(info.created()).number(info.modified()));
    }

    /** What {@link #record(ObjectManifest)} was made of. */
    static ObjectManifest object(byte[] key, byte[] value) {
        String path = new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
        try {
            ObjectName name = new ObjectName(path.substring(0, path.indexOf(0)), path.substring(path.indexOf(0) + 1));
            ByteReader in = opened(key, value);
            long number = in.number();
            ObjectInfo info =
                    new ObjectInfo(name, in.number(), in.number(), in.text(), metadata(in), in.number(), in.number());
            in.end();
            return new ObjectManifest(info, number);
        } catch (BytesException | RuntimeException damaged) {
            throw damaged("object " + path.replace('\0', '/'), damaged);
        }
    }

    static byte[] record(long number, UploadRequest request) {
        ByteWriter out = new ByteWriter()
                .text(request.name().owner())
                .text(request.name().name());
        write(out, request.metadata());
        out.octet(request.size().isPresent() ? 1 : 0);
        request.size().ifPresent(out::number);
        return sealed(key(number), out.optional(request.sha256()));
    }

    /** What {@link #record(long, UploadRequest)} was made of. */
    static UploadRequest upload(byte[] key, byte[] value) {
        try {
            ByteReader in = opened(key, value);
            ObjectName name = new ObjectName(in.text(), in.text());
            ObjectMetadata metadata = metadata(in);
            OptionalLong size = in.yes() ? OptionalLong.of(in.number()) : OptionalLong.empty();
            Optional<String> sha256 = in.optional();
            in.end();
            return new UploadRequest(name, metadata, size, sha256);
        } catch (BytesException | RuntimeException damaged) {
            throw damaged("upload " + ByteBuffer.wrap(key).getLong(1), damaged);
        }
    }

    private static void write(ByteWriter out, ObjectMetadata metadata) {
        out.text(metadata.contentType()).count(metadata.fields().size());
        metadata.fields().forEach((name, value) -> out.text(name).text(value));
    }

    private static ObjectMetadata metadata(ByteReader in) throws BytesException {
        String contentType = in.text();
        Map<String, String> fields = new HashMap<>();
        for (int left = in.things(2); left > 0; left--) {
            fields.put(in.text(), in.text());
        }
        return new ObjectMetadata(contentType, fields);
    }

    private static byte[] sealed(byte[] key, ByteWriter rest) {
        byte[] bytes = rest.toByteArray();
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(checksum(key, bytes, 0))
                .put(bytes)
                .array();
    }

    private static ByteReader opened(byte[] key, byte[] value) throws BytesException {
        ByteReader in = new ByteReader(value, LIMITS);
        in.skip(4);
        if (ByteBuffer.wrap(value).getInt() != checksum(key, value, 4)) {
            throw new BytesException("its checksum is wrong");
        }
        return in;
    }

    private static int checksum(byte[] key, byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }

    private static StoreException damaged(String what, Exception why) {
        return new StoreException(
                "the record of " + what + " in the data folder is damaged: " + why.getMessage() + "; restore a backup",
                why);
    }
}
