package io.hawser.clever.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Optional;

/** One frame ({@code specs/clever.md} 1.4 to 1.8). The family is closed; {@link #to} makes dispatch total. */
public sealed interface CleverFrame {
    /** The action and the request that stand for a file. */
    String FILE = "filetransfer";

    /** Calls the method of {@code handler} that is for this kind of frame. */
    void to(Handler handler);

    /** Hears each kind of frame. */
    interface Handler {
        /** Something to do. */
        void action(Action frame);

        /** Something to answer. */
        void request(Request frame);

        /** An answer. */
        void response(Response frame);

        /** What only peers of ours say. */
        void extra(Extra frame);

        /** A file, or a piece of one; its content follows. */
        void stream(Stream frame);

        /** A frame that changes nothing. */
        void ignored(Ignored frame);
    }

    /**
     * Something to do; nobody answers.
     *
     * @param acknowledge between peers of ours: the id under which the receiver says that it is done
     */
    record Action(String name, List<Value> args, Fields kwargs, Optional<String> acknowledge) implements CleverFrame {
        /** An action with a copy of the arguments. */
        public Action {
            args = List.copyOf(args);
        }

        @Override
        public void to(Handler handler) {
            handler.action(this);
        }
    }

    /**
     * Something to answer. The request {@value CleverFrame#FILE} asks for the file that its kwarg {@code filepath} names.
     *
     * @param id what the answer carries, any JSON value
     * @param transfer between peers of ours: under which id a file shall come in chunks
     */
    record Request(String name, Value id, List<Value> args, Fields kwargs, Optional<String> transfer)
            implements CleverFrame {
        /** A request with a copy of the arguments. */
        public Request {
            args = List.copyOf(args);
        }

        @Override
        public void to(Handler handler) {
            handler.request(this);
        }
    }

    /**
     * An answer in JSON.
     *
     * @param error between peers of ours: why there is no value
     */
    record Response(String name, Value id, Value value, Optional<String> error) implements CleverFrame {
        @Override
        public void to(Handler handler) {
            handler.response(this);
        }
    }

    /**
     * What only peers of ours say; the original drops frames of a message type that it does not know.
     *
     * @param id of what it is about, empty if of nothing
     */
    record Extra(ExtraKind kind, String id, Fields said) implements CleverFrame {
        @Override
        public void to(Handler handler) {
            handler.extra(this);
        }
    }

    /** A frame whose content is bytes that are not held in memory: the frame is its header alone. */
    sealed interface Stream extends CleverFrame {
        /** How many bytes follow. */
        long length();

        @Override
        default void to(Handler handler) {
            handler.stream(this);
        }
    }

    /** A file that the sender wants to be stored at {@code path}. */
    record Push(String path, long length) implements Stream {}

    /** The file that was asked for. */
    record FileAnswer(Value id, long length) implements Stream {}

    /** Between peers of ours: the bytes of a transfer from {@code offset} on. */
    record Chunk(String transfer, long offset, long length) implements Stream {}

    /** A frame that the original would log and drop; {@code why}, for people. */
    record Ignored(String why) implements CleverFrame {
        @Override
        public void to(Handler handler) {
            handler.ignored(this);
        }
    }
}
