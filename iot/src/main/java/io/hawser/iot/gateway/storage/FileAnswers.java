package io.hawser.iot.gateway.storage;

import io.hawser.core.store.object.ObjectInfo;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What is said of files. The entity tag is the MD5 of the whole content without quotes, which is what the original Java library compares
 * it with ({@code specs/iot.md} 1.8).
 */
final class FileAnswers {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private FileAnswers() {}

    /** {@code file} is in the store. */
    static HttpResponse stored(ObjectInfo file) {
        return known(201, file, Digests.known(file).orElseThrow());
    }

    /** Answers with the bytes of {@code download}, or with those that are asked for; called on the connection's loop. */
    static void give(HttpExchange exchange, FileDownload download, String md5) {
        ObjectInfo file = download.file();
        Optional<ByteRange> range = ByteRange.of(range(exchange.request(), file, md5), file.size());
        if (range.isEmpty()) {
            throw new Rejection(Rejection.answer(416, "the file has " + file.size() + " bytes")
                    .with("Content-Range", "bytes */" + file.size()));
        }
        ByteRange part = range.get();
        HttpResponse head = known(part.partial() ? 206 : 200, file, md5)
                .with("Content-Type", file.metadata().contentType())
                .with("Content-Length", String.valueOf(part.length()))
                .with("Accept-Ranges", "bytes");
        String encoding = file.metadata().fields().get(StorageCalls.ENCODING);
        if (encoding != null) {
            head = head.with("Content-Encoding", encoding);
        }
        if (part.partial()) {
            head = head.with("Content-Range", "bytes " + part.from() + "-" + (part.end() - 1) + "/" + file.size());
        }
        download.keep(part);
        exchange.stream(head, download);
    }

    /** What is asked for, unless the file is not any more the one of which the client has a part (RFC 9110 13.1.5). */
    private static Optional<String> range(HttpRequest request, ObjectInfo file, String md5) {
        boolean same = request.header("if-range")
                .map(said -> said.replace("\"", ""))
                .map(said -> said.equals(md5) || said.equals(date(file)))
                .orElse(true);
        return same ? request.header("range") : Optional.empty();
    }

    private static HttpResponse known(int status, ObjectInfo file, String md5) {
        return HttpResponse.of(status).with("ETag", md5).with("Last-Modified", date(file));
    }

    private static String date(ObjectInfo file) {
        return DATE.format(Instant.ofEpochMilli(file.modified()));
    }
}
