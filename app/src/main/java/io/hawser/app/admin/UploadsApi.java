package io.hawser.app.admin;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files on their way into the hub, piece by piece, so that nobody holds one as a whole. What becomes of an upload that is complete
 * says whoever takes it; one that nobody goes on with is given up by the store.
 *
 * <pre>
 *   POST   /uploads               {"size":n}        {"upload":"17"}
 *   POST   /uploads               {"size":n,"owner":"iot:pump-1","name":"manual.pdf"}
 *   GET    /uploads/17                              {"upload":"17","offset":n}: so much of it is there
 *   POST   /uploads/17?offset=0   bytes             {"upload":"17","offset":n}
 *   POST   /uploads/17/commit     {"sha256":"..."}  {"owner":...,"name":...,"size":n,"sha256":"..."}: a file of that owner
 *   DELETE /uploads/17
 * </pre>
 */
public final class UploadsApi {
    /** The most bytes of one piece. */
    public static final int PIECE = StoredObjects.CHUNK;

    /** Whose they are while they are on their way. */
    private static final String OWNER = "hawser";

    private final Answers answers;
    private final StoredObjects objects;
    private final Access access;
    private final AtomicLong numbers = new AtomicLong();

    /** Uploads into {@code objects}; whose files somebody may store {@code access} says. */
    public UploadsApi(Answers answers, StoredObjects objects, Access access) {
        this.answers = answers;
        this.access = access;
        this.objects = objects;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.post("/uploads", this::begin),
                answers.get("/uploads/{upload}", this::there),
                answers.postBytes("/uploads/{upload}", PIECE, this::more),
                answers.post("/uploads/{upload}/commit", this::commit),
                answers.delete("/uploads/{upload}", this::giveUp));
    }

    /** What an earlier hub left under the same name goes with the first upload that takes its place. */
    private CompletableFuture<Fields> begin(Question question) {
        if (!(question.body().find("size") instanceof Value.Int size) || size.value() < 0) {
            throw Rejection.wrong("'size' must say how many bytes the file has");
        }
        Fields asked = question.body();
        ObjectName name = asked.has("owner")
                ? FilesApi.name(
                        FleetApi.name(asked, "owner", "must say whose file it is"),
                        FleetApi.name(asked, "name", "must say what the file is called"))
                : new ObjectName(OWNER, "upload/" + numbers.incrementAndGet());
        if (asked.has("owner")) {
            question.demand(access, Action.FILE_SEND, name.owner() + "/" + name.name());
        }
        return answers.then(objects.begin(UploadRequest.of(name).withSize(size.value())), upload -> {
            upload.close();
            return Fields.of("upload", Value.of(upload.id()));
        });
    }

    private CompletableFuture<Fields> there(Question question) {
        return answers.then(held(question), upload -> {
            upload.close();
            return row(upload, upload.offset());
        });
    }

    private CompletableFuture<Fields> more(Question question, byte[] piece) {
        long offset = question.number("offset").orElse(-1);
        return held(question).thenCompose(upload -> {
            if (upload.offset() != offset) {
                upload.close();
                throw Rejection.conflict("the hub has " + upload.offset() + " bytes of this upload; go on from there");
            }
            return answers.then(upload.write(ByteBuffer.wrap(piece)), length -> {
                upload.close();
                return row(upload, length);
            });
        });
    }

    private static Fields row(Upload upload, long length) {
        return Fields.builder().put("upload", upload.id()).put("offset", length).build();
    }

    private CompletableFuture<Fields> commit(Question question) {
        String sha256 =
                FleetApi.name(question.body(), "sha256", "must be the SHA-256 of the file, in hexadecimal digits");
        return held(question)
                .thenCompose(upload -> answers.then(upload.commit(sha256), file -> Fields.builder()
                        .put("owner", file.name().owner())
                        .put("name", file.name().name())
                        .put("size", file.size())
                        .put("sha256", file.sha256())
                        .build()));
    }

    private CompletableFuture<Fields> giveUp(Question question) {
        return held(question).thenCompose(Upload::abort).thenApply(done -> Fields.EMPTY);
    }

    private CompletableFuture<Upload> held(Question question) {
        String id = question.part("upload");
        return answers.then(objects.resume(id), upload -> upload.orElseThrow(() -> missing(id)));
    }

    /** Nobody uploads {@code id}, any more at least. */
    static Rejection missing(String id) {
        return Rejection.missing("there is no upload '" + id + "'; it may have been given up: upload the file again");
    }
}
