package io.hawser.clever.wire;

import java.util.Optional;

/**
 * Writes frames byte for byte as the original under Python 3 does ({@code specs/clever.md} 1.2), of streams the header alone.
 *
 * <pre>
 * +--------+-----------------+-----------------------+
 * | H (2)  | header, H bytes | content, N bytes      |   H unsigned, most significant byte first;
 * +--------+-----------------+-----------------------+   N is the header's content-length
 * </pre>
 */
final class FrameWriter implements CleverFrame.Handler {
    private static final int MAX_HEADER_BYTES = 0xffff;
    private static final byte[] NOTHING = {};

    private final JsonText header = new JsonText().open().put(Keys.BYTE_ORDER, "little");
    private byte[] content = NOTHING;
    private Optional<String> failure = Optional.empty();

    /** The bytes of {@code frame}. */
    static byte[] write(CleverFrame frame) throws ProtocolException {
        FrameWriter writer = new FrameWriter();
        frame.to(writer);
        return writer.finish();
    }

    @Override
    public void action(CleverFrame.Action frame) {
        json(Keys.MESSAGE, said -> said.put(Keys.ARGS, frame.args()).put(Keys.KWARGS, frame.kwargs()));
        header.put(Keys.ACTION, frame.name());
        frame.acknowledge().ifPresent(id -> header.put(Keys.EXTRA_ID, id));
    }

    @Override
    public void request(CleverFrame.Request frame) {
        json(Keys.REQUEST, said -> said.put(Keys.REQUESTED_VALUE, frame.name())
                .put(Keys.REQUEST_ID, frame.id())
                .put(Keys.ARGS, frame.args())
                .put(Keys.KWARGS, frame.kwargs()));
        frame.transfer().ifPresent(id -> header.put(Keys.EXTRA_ID, id));
    }

    @Override
    public void response(CleverFrame.Response frame) {
        json(Keys.RESPONSE, said -> said.put(Keys.VALUE, frame.value()));
        header.put(Keys.REQUESTED_VALUE, frame.name());
        say(() -> header.put(Keys.REQUEST_ID, frame.id()));
        frame.error().ifPresent(why -> header.put(Keys.ERROR, why));
    }

    @Override
    public void extra(CleverFrame.Extra frame) {
        json(Keys.EXTRA, said -> {
            for (int i = 0; i < frame.said().size(); i++) {
                said.put(frame.said().name(i), frame.said().value(i));
            }
        });
        header.put(Keys.EXTRA_KIND, frame.kind().word());
        if (!frame.id().isEmpty()) {
            header.put(Keys.EXTRA_ID, frame.id());
        }
    }

    @Override
    public void stream(CleverFrame.Stream frame) {
        if (frame instanceof CleverFrame.Push push) {
            head("binary", push.length(), Keys.MESSAGE)
                    .put(Keys.ACTION, CleverFrame.FILE)
                    .put(Keys.FILE_PATH, push.path());
        } else if (frame instanceof CleverFrame.FileAnswer answer) {
            head("binary", answer.length(), Keys.RESPONSE).put(Keys.REQUESTED_VALUE, CleverFrame.FILE);
            say(() -> header.put(Keys.REQUEST_ID, answer.id()));
        } else if (frame instanceof CleverFrame.Chunk chunk) {
            head("binary", chunk.length(), Keys.EXTRA)
                    .put(Keys.EXTRA_ID, chunk.transfer())
                    .put(Keys.OFFSET, chunk.offset());
        }
    }

    @Override
    public void ignored(CleverFrame.Ignored frame) {
        throw new IllegalArgumentException("a frame that says nothing is not sent");
    }

    private void json(String type, Saying saying) {
        JsonText said = new JsonText().open();
        say(() -> saying.into(said));
        content = said.close().bytes();
        head("json", content.length, type);
    }

    private JsonText head(String contentType, long length, String messageType) {
        return header.put(Keys.CONTENT_TYPE, contentType)
                .put(Keys.CONTENT_ENCODING, "utf-8")
                .put(Keys.CONTENT_LENGTH, length)
                .put(Keys.MESSAGE_TYPE, messageType);
    }

    private void say(Step step) {
        try {
            step.run();
        } catch (ProtocolException unsayable) {
            failure = Optional.of(unsayable.reason());
        }
    }

    private byte[] finish() throws ProtocolException {
        byte[] head = header.close().bytes();
        if (failure.isPresent()) {
            throw ProtocolException.of(failure.get());
        }
        if (head.length > MAX_HEADER_BYTES) {
            throw ProtocolException.of("the header has " + head.length + " bytes, more than its length can say ("
                    + MAX_HEADER_BYTES + "); take a shorter name");
        }
        byte[] frame = new byte[2 + head.length + content.length];
        frame[0] = (byte) (head.length >> Byte.SIZE);
        frame[1] = (byte) head.length;
        System.arraycopy(head, 0, frame, 2, head.length);
        System.arraycopy(content, 0, frame, 2 + head.length, content.length);
        return frame;
    }

    private interface Step {
        void run() throws ProtocolException;
    }

    private interface Saying {
        void into(JsonText said) throws ProtocolException;
    }
}
