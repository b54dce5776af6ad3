package io.hawser.iot.storage;

import io.hawser.iot.storage.StorageException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Moves a content once, by HTTPS ({@code specs/iot.md} 1.8): {@code PUT} and {@code GET} with the token of the {@link StorageDoor};
 * the tag that the server says is the MD5 of the content, and is held against what was moved. Blocks; one worker at a time.
 */
final class Courier {
    private static final String TOKEN = "X-Auth-Token";
    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");
    private static final int PIECE = 64 * 1024;
    private static final int PARTIAL = 206;
    private static final int UNSATISFIABLE = 416;

    private final StorageDoor door;
    private final HttpClient http;
    private final LongSupplier nanoTime;
    private final ProgressCallback progress;

    Courier(StorageDoor door, HttpClient http, LongSupplier nanoTime, ProgressCallback progress) {
        this.door = door;
        this.http = http;
        this.nanoTime = nanoTime;
        this.progress = progress;
    }

    /** Moves it, or what is left of it; what is known of the content then. */
    StorageObject.Facts move(Transfer transfer) throws StorageException {
        return transfer.side.gives() ? upload(transfer) : download(transfer);
    }

    // ---- up ----

    private StorageObject.Facts upload(Transfer transfer) throws StorageException {
        transfer.restart();
        StorageDoor.Key key = door.key();
        HttpResponse<Void> answer;
        try (Counted content = new Counted(content(transfer), transfer)) {
            answer = put(transfer, key, content);
        } catch (IOException unreadable) {
            throw Landing.local(transfer, unreadable);
        }
        check(answer, key);
        String hash = HexFormat.of().formatHex(transfer.md5.digest());
        if (tag(answer).filter(said -> !said.equalsIgnoreCase(hash)).isPresent()) {
            throw new StorageException(
                    Kind.DAMAGED, transfer.object.getName() + " was changed on its way to the server");
        }
        StorageObject.Facts facts = transfer.object.facts();
        return new StorageObject.Facts(
                facts.type(),
                facts.encoding(),
                OptionalLong.of(transfer.moved),
                date(answer).or(facts::date));
    }

    private static InputStream content(Transfer transfer) throws IOException {
        return transfer.side instanceof StorageObject.Side.From file
                ? Files.newInputStream(file.path())
                : ((StorageObject.Side.FromStream) transfer.side).stream();
    }

    private HttpResponse<Void> put(Transfer transfer, StorageDoor.Key key, Counted content)
            throws IOException, StorageException {
        BodyPublisher body = BodyPublishers.ofInputStream(() -> content);
        long size = transfer.side instanceof StorageObject.Side.From file ? Files.size(file.path()) : 0;
        StorageObject.Facts facts = transfer.object.facts();
        HttpRequest.Builder request = request(transfer.object.getURI(), key)
                .header("Content-Type", facts.type())
                .PUT(size == 0 ? body : BodyPublishers.fromPublisher(body, size));
        facts.encoding().ifPresent(encoding -> request.header("Content-Encoding", encoding));
        return await(transfer, http.sendAsync(request.build(), BodyHandlers.discarding()));
    }

    /** Hashes what is read, by a thread of the client's, until the attempt is over. */
    private final class Counted extends FilterInputStream {
        private final Transfer transfer;
        private volatile boolean over;

        Counted(InputStream in, Transfer transfer) {
            super(in);
            this.transfer = transfer;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            transfer.works();
            try {
                int count = super.read(bytes, from, most);
                if (count > 0 && !over) {
                    transfer.moved(bytes, from, count);
                    progress.progress(transfer.object, TransferState.IN_PROGRESS, transfer.moved);
                }
                return count;
            } catch (IOException unreadable) {
                if (!over) {
                    transfer.abort(Landing.local(transfer, unreadable));
                }
                throw unreadable;
            } finally {
                if (!over) {
                    transfer.waits(nanoTime.getAsLong());
                }
            }
        }

        @Override
        public void close() throws IOException {
            over = true;
            super.close();
        }
    }

    // ---- down ----

    private StorageObject.Facts download(Transfer transfer) throws StorageException {
        StorageDoor.Key key = door.key();
        HttpRequest.Builder request = request(transfer.object.getURI(), key).GET();
        transfer.tag.filter(known -> transfer.moved > 0).ifPresent(known -> request.header(
                        "Range", "bytes=" + transfer.moved + "-")
                .header("If-Range", "\"" + known + "\""));
        HttpResponse<InputStream> answer =
                await(transfer, http.sendAsync(request.build(), BodyHandlers.ofInputStream()));
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == UNSATISFIABLE) {
                transfer.restart();
                throw new StorageException(Kind.DAMAGED, transfer.object.getName() + " became shorter at the server");
            }
            check(answer, key);
            if (answer.statusCode() != PARTIAL) {
                transfer.restart();
            }
            transfer.tag = tag(answer);
            take(transfer, body);
        } catch (IOException closing) {
            throw lost(transfer, closing);
        }
        return facts(transfer, answer);
    }

    private void take(Transfer transfer, InputStream body) throws StorageException {
        transfer.interruption(() -> close(body));
        try (Landing landing = Landing.open(transfer)) {
            byte[] piece = new byte[PIECE];
            for (int count = read(transfer, body, piece); count >= 0; count = read(transfer, body, piece)) {
                landing.write(piece, count);
                transfer.moved(piece, 0, count);
                progress.progress(transfer.object, TransferState.IN_PROGRESS, transfer.moved);
            }
            transfer.check();
            String hash = HexFormat.of().formatHex(transfer.md5.digest());
            if (transfer.tag.filter(said -> !said.equalsIgnoreCase(hash)).isPresent()) {
                transfer.restart();
                throw new StorageException(
                        Kind.DAMAGED, transfer.object.getName() + " was changed on its way from the server");
            }
            landing.finish();
        }
    }

    private int read(Transfer transfer, InputStream body, byte[] piece) throws StorageException {
        transfer.waits(nanoTime.getAsLong());
        try {
            return body.read(piece);
        } catch (IOException broken) {
            transfer.check();
            throw lost(transfer, broken);
        } finally {
            transfer.works();
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            assert e != null : "who reads it hears of it";
        }
    }

    private static StorageObject.Facts facts(Transfer transfer, HttpResponse<?> answer) {
        StorageObject.Facts known = transfer.object.facts();
        return new StorageObject.Facts(
                answer.headers().firstValue("Content-Type").orElse(known.type()),
                answer.headers().firstValue("Content-Encoding").or(known::encoding),
                OptionalLong.of(transfer.moved),
                date(answer).or(known::date));
    }

    // ---- both ----

    /** What the server knows of a content. */
    StorageObject.Facts look(Transfer of, Duration limit) throws StorageException {
        StorageDoor.Key key = door.key();
        HttpRequest request = request(of.object.getURI(), key)
                .method("HEAD", BodyPublishers.noBody())
                .timeout(limit)
                .build();
        HttpResponse<Void> answer = await(of, http.sendAsync(request, BodyHandlers.discarding()));
        check(answer, key);
        return new StorageObject.Facts(
                answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                answer.headers().firstValue("Content-Encoding"),
                answer.headers().firstValueAsLong("Content-Length"),
                date(answer));
    }

    private static HttpRequest.Builder request(URI uri, StorageDoor.Key key) {
        return HttpRequest.newBuilder(uri).header(TOKEN, key.token());
    }

    private <T> HttpResponse<T> await(Transfer transfer, CompletableFuture<HttpResponse<T>> call)
            throws StorageException {
        transfer.waits(nanoTime.getAsLong());
        transfer.interruption(() -> call.cancel(true));
        try {
            return call.get();
        } catch (InterruptedException stopped) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new StorageException(Kind.CANCELLED, "interrupted", stopped);
        } catch (ExecutionException | CancellationException failed) {
            transfer.check();
            throw lost(transfer, failed.getCause() == null ? failed : failed.getCause());
        } finally {
            transfer.works();
        }
    }

    private static StorageException lost(Transfer transfer, Throwable cause) {
        return new StorageException(
                Kind.UNREACHABLE,
                transfer.object.getName() + " broke off after " + transfer.moved + " bytes: " + cause.getMessage(),
                cause);
    }

    private void check(HttpResponse<?> answer, StorageDoor.Key key) throws StorageException {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return;
        }
        Kind kind =
                switch (status) {
                    case 401, 403 -> Kind.DENIED;
                    case 404 -> Kind.ABSENT;
                    case 503 -> Kind.BUSY;
                    default -> Kind.REFUSED;
                };
        if (kind == Kind.DENIED) {
            door.reject(key);
        }
        throw new StorageException(kind, answer.request().method() + " " + answer.uri() + ": " + status);
    }

    private static Optional<String> tag(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("ETag")
                .map(said -> said.replace("\"", ""))
                .filter(said -> MD5.matcher(said).matches());
    }

    private static Optional<Instant> date(HttpResponse<?> answer) {
        try {
            return answer.headers().firstValue("Last-Modified").map(said -> ZonedDateTime.parse(
                            said, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException garbled) {
            return Optional.empty();
        }
    }
}
