package io.hawser.clever.engine;

import io.hawser.clever.engine.file.FilePlace;
import io.hawser.clever.engine.file.FileSink;
import io.hawser.clever.engine.file.Receiving;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ExtraKind;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files that come in over one connection, whole or in chunks. Owner: the party's loop. */
final class Incoming {
    /** The name of a transfer becomes part of a file's name. */
    private static final Pattern TRANSFER = Pattern.compile("[0-9a-f]{32}");

    private static final int MAX_TRANSFERS = 64;

    private final CleverParty party;
    private final CleverLink link;
    private final Map<String, Receiving> transfers = new HashMap<>();
    private @Nullable Receiving current;
    private boolean whole;

    Incoming(CleverParty party, CleverLink link) {
        this.party = party;
        this.link = link;
    }

    /** Who takes the content of the stream that has begun; null: nobody does. */
    @Nullable
    Receiving current() {
        return current;
    }

    /** A stream begins. */
    void stream(CleverFrame.Stream frame) {
        current = null;
        whole = !(frame instanceof CleverFrame.Chunk);
        if (frame instanceof CleverFrame.Push push) {
            pushed(push);
        } else if (frame instanceof CleverFrame.FileAnswer answer) {
            answered(answer);
        } else if (frame instanceof CleverFrame.Chunk chunk) {
            Receiving transfer = transfers.get(chunk.transfer());
            current = transfer != null && transfer.expects(chunk.offset(), chunk.length()) ? transfer : null;
        }
    }

    private void pushed(CleverFrame.Push push) {
        Optional<FilePlace> place = party.settings().files();
        if (place.isEmpty()) {
            refused(push.path(), "there is no folder for files");
            return;
        }
        begin(place.get().sink(push.path()), "", push.length(), new Stored(push.path()));
    }

    private void answered(CleverFrame.FileAnswer answer) {
        Optional<Pending> fetch = party.asked().fetch(answer.id());
        if (fetch.isEmpty()) {
            party.events().problem("a file came that nobody has asked for");
            return;
        }
        begin(sink(fetch.get()), "", answer.length(), new Fetched(fetch.get(), answer.length(), ""));
    }

    private static FileSink sink(Pending asked) {
        return asked.fetch.orElseThrow().sinks().get();
    }

    private Receiving begin(FileSink sink, String transfer, long size, Receiving.Arrival arrival) {
        Receiving begun = new Receiving(link::holdForDisk, party.disk(), sink, size, arrival);
        current = begun;
        begun.begin(transfer);
        return begun;
    }

    /** The content of a stream was complete. */
    void streamEnded() {
        if (whole && current != null) {
            current.complete("");
        }
    }

    /** OFFER or END. */
    void extra(CleverFrame.Extra frame) {
        if (frame.kind() == ExtraKind.OFFER) {
            offered(frame);
            return;
        }
        Receiving transfer = transfers.get(frame.id());
        if (transfer != null) {
            String sha256 = CleverLink.text(frame, "sha256");
            if (sha256.isEmpty()) {
                transfer.fail(CleverLink.text(frame, "error"));
            } else {
                transfer.complete(sha256);
            }
        }
    }

    private void offered(CleverFrame.Extra offer) {
        long size = offer.said().find("size") instanceof Value.Int bytes ? bytes.value() : -1;
        String path = CleverLink.text(offer, "filepath");
        Optional<Pending> fetch = party.asked().transfer(offer.id());
        long limit = party.settings().limits().maxFileBytes();
        if (!TRANSFER.matcher(offer.id()).matches() || transfers.size() >= MAX_TRANSFERS || size < 0 || size > limit) {
            decline(offer.id(), path, "a file of " + size + " bytes is not taken; the limit is " + limit);
        } else if (fetch.isPresent()) {
            Pending asked = fetch.get();
            accept(offer, sink(asked), size, new Fetched(asked, size, offer.id()));
        } else if (path.isEmpty()) {
            decline(offer.id(), path, "nobody has asked for this file");
        } else if (party.settings().files().isEmpty()) {
            decline(offer.id(), path, "there is no folder for files");
        } else {
            accept(offer, party.settings().files().get().sink(path), size, new Chunked(offer.id(), path));
        }
    }

    private void accept(CleverFrame.Extra offer, FileSink sink, long size, Receiving.Arrival arrival) {
        transfers.put(offer.id(), begin(sink, offer.id(), size, arrival));
        current = null;
    }

    private void decline(String transfer, String path, String why) {
        refused(path, why);
        answer(ExtraKind.ACCEPT, transfer, Fields.of("error", Value.of(why)));
    }

    private void refused(String path, String why) {
        party.tally(CleverCount.FILES_REFUSED);
        party.events().problem("the file " + path + " was not taken: " + why);
    }

    private void answer(ExtraKind kind, String transfer, Fields said) {
        party.outbound().answer(link, new CleverFrame.Extra(kind, transfer, said));
    }

    void lost() {
        transfers.values().forEach(Receiving::lost);
        if (current != null) {
            current.lost();
        }
    }

    /** A file that the peer has sent in one frame. */
    private class Stored implements Receiving.Arrival {
        private final String path;

        Stored(String path) {
            this.path = path;
        }

        @Override
        public void done(long bytes) {
            party.events().fileReceived(path, bytes);
        }

        @Override
        public void failed(String why) {
            refused(path, why);
        }
    }

    /** One that it sends in chunks. */
    private final class Chunked extends Stored {
        private final String transfer;
        private boolean accepted;

        Chunked(String transfer, String path) {
            super(path);
            this.transfer = transfer;
        }

        @Override
        public void opened(long bytes) {
            accepted = true;
            answer(ExtraKind.ACCEPT, transfer, Fields.of("offset", Value.of(bytes)));
        }

        @Override
        public void done(long bytes) {
            transfers.remove(transfer);
            super.done(bytes);
            answer(ExtraKind.DONE, transfer, Fields.EMPTY);
        }

        @Override
        public void failed(String why) {
            transfers.remove(transfer);
            super.failed(why);
            answer(accepted ? ExtraKind.DONE : ExtraKind.ACCEPT, transfer, Fields.of("error", Value.of(why)));
        }
    }

    /** A file that was asked for, in one frame or as a transfer. */
    private final class Fetched implements Receiving.Arrival {
        private final Pending asked;
        private final long size;
        private final String transfer;
        private boolean accepted;

        Fetched(Pending asked, long size, String transfer) {
            this.asked = asked;
            this.size = size;
            this.transfer = transfer;
            asked.stopClock();
        }

        @Override
        public void opened(long bytes) {
            accepted = true;
            if (!transfer.isEmpty()) {
                answer(ExtraKind.ACCEPT, transfer, Fields.of("offset", Value.of(bytes)));
            }
        }

        @Override
        public void received(long bytes) {
            asked.outcome.bytes(bytes, size);
        }

        @Override
        public void done(long bytes) {
            end(Fields.EMPTY);
            asked.outcome.done(Value.of(bytes));
        }

        @Override
        public void failed(String why) {
            end(Fields.of("error", Value.of(why)));
            asked.outcome.failed(new Failure(Failure.Kind.FILE, why));
        }

        private void end(Fields said) {
            party.asked().forget(asked);
            if (!transfer.isEmpty()) {
                transfers.remove(transfer);
                answer(accepted ? ExtraKind.DONE : ExtraKind.ACCEPT, transfer, said);
            }
        }
    }
}
