package io.hawser.clever.engine;

import io.hawser.clever.engine.file.FilePlace;
import io.hawser.clever.engine.file.FileSource;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that go out, across connections. Owner: the party's loop. */
final class Files {
    private final CleverParty party;
    /** Sent to a peer of ours that has not said yet that they are in their place. */
    private final Map<String, Going> unconfirmed = new LinkedHashMap<>();

    private final List<Going> broken = new ArrayList<>();

    /**
     * A file that shall go out.
     *
     * @param path where the receiver shall put it; empty: it has asked for it
     * @param request what it answers, if the receiver has asked for it
     * @param transfer how it is called between peers of ours
     */
    record Going(
            String path, Optional<CleverFrame.Request> request, String transfer, FileSource source, Outcome outcome) {}

    Files(CleverParty party) {
        this.party = party;
    }

    /** What brings {@code file} to the peer. */
    Parcel parcel(Going file) {
        return new Parcel(
                file.request().isPresent() ? Parcel.Kind.ANSWER : Parcel.Kind.FILE,
                false,
                true,
                0,
                link -> link.carry(stream(link, file)),
                file.outcome()::failed);
    }

    private FileStream stream(CleverLink link, Going file) {
        boolean chunks = link.ours()
                && (file.request().isEmpty() || file.request().get().transfer().isPresent());
        if (chunks) {
            return new ChunkedFile(party, link, file);
        }
        return new WholeFile(
                party,
                link,
                file,
                size -> file.request().isPresent()
                        ? new CleverFrame.FileAnswer(file.request().get().id(), size)
                        : new CleverFrame.Push(file.path(), size));
    }

    /** The peer asks for a file. */
    void give(CleverLink link, CleverFrame.Request request, CleverReply reply) {
        String path = request.kwargs().string("filepath").orElse("");
        Optional<FilePlace> place = party.settings().files();
        Outcome outcome = new Outcome() {
            @Override
            public void done(Value value) {}

            @Override
            public void failed(Failure why) {
                if (why.kind() == Failure.Kind.FILE) {
                    refused(path, why.reason(), reply);
                }
            }
        };
        if (place.isEmpty()) {
            refused(path, "there is no folder for files", reply);
        } else {
            party.outbound()
                    .queue(parcel(new Going(
                            "",
                            Optional.of(request),
                            request.transfer().orElse(""),
                            place.get().source(path),
                            outcome)));
        }
    }

    private void refused(String path, String why, CleverReply reply) {
        party.tally(CleverCount.FILES_REFUSED);
        party.events().problem("the file " + path + " was not given: " + why);
        reply.failed(why);
    }

    /** The peer has to say yet that {@code file} is in its place. */
    void awaitStored(Going file) {
        if (file.request().isPresent()) {
            file.outcome().done(Value.Null.NULL);
        } else {
            unconfirmed.put(file.transfer(), file);
        }
    }

    /** The peer says that a file is in its place, or why it is not. */
    void stored(CleverFrame.Extra word) {
        Going file = unconfirmed.remove(word.id());
        if (file != null) {
            if (word.said().has("error")) {
                file.outcome().failed(new Failure(Failure.Kind.REFUSED, CleverLink.text(word, "error")));
            } else {
                file.outcome().done(Value.Null.NULL);
            }
        }
    }

    /** The connection was lost while {@code file} was on its way. */
    void again(Going file) {
        broken.add(file);
    }

    /** The connection is lost: gives what has to be sent again, in order, or fails it. */
    List<Parcel> lost(boolean resume, Failure why) {
        List<Going> all = new ArrayList<>(unconfirmed.values());
        all.addAll(broken);
        unconfirmed.clear();
        broken.clear();
        List<Parcel> again = new ArrayList<>();
        for (Going file : all) {
            if (resume && file.request().isEmpty()) {
                again.add(parcel(file));
            } else {
                file.outcome().failed(why);
            }
        }
        return again;
    }
}
