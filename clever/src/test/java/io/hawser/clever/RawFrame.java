package io.hawser.clever;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/** A frame as a test wants it, right or wrong: the header's members as raw JSON, and the content. */
final class RawFrame {
    private final Map<String, String> header = new LinkedHashMap<>();
    private byte[] content;
    private String length = "";

    private RawFrame(String content) {
        this.content = content.getBytes(UTF_8);
        header.put("byteorder", "\"little\"");
        header.put("content-type", "\"json\"");
        header.put("content-encoding", "\"utf-8\"");
        header.put("content-length", "");
    }

    static RawFrame action(String content) {
        return new RawFrame(content).with("message-type", "\"message\"").with("action", "\"test_command\"");
    }

    static RawFrame action() {
        return action("{\"args\": [], \"kwargs\": {}}");
    }

    static RawFrame request(String name, String id, String kwargs) {
        return request("{\"requested_value\": \"" + name + "\", \"request_id\": " + id + ", \"args\": [], \"kwargs\": "
                + kwargs + "}");
    }

    static RawFrame request(String content) {
        return new RawFrame(content).with("message-type", "\"request\"");
    }

    static RawFrame response(String id, String content) {
        return new RawFrame(content)
                .with("message-type", "\"response\"")
                .with("requested_value", "\"id\"")
                .with("request_id", id);
    }

    static RawFrame file(String path, String content) {
        return new RawFrame(content)
                .with("content-type", "\"binary\"")
                .with("message-type", "\"message\"")
                .with("action", "\"filetransfer\"")
                .with("filepath", path);
    }

    static RawFrame extra(String kind, String id, String content) {
        RawFrame frame =
                new RawFrame(content).with("message-type", "\"hawser\"").with("hawser-kind", '"' + kind + '"');
        return id.isEmpty() ? frame : frame.with("hawser-id", id);
    }

    RawFrame with(String name, String json) {
        header.put(name, json);
        return this;
    }

    RawFrame without(String name) {
        header.remove(name);
        return this;
    }

    RawFrame content(String text, Charset charset) {
        content = text.getBytes(charset);
        return this;
    }

    RawFrame length(String json) {
        length = json;
        return this;
    }

    byte[] bytes() {
        return frame(head(", "), content);
    }

    /** With other JSON between the members. */
    byte[] bytes(String separator) {
        return frame(head(separator), content);
    }

    /** With a header that is this text. */
    byte[] bytesUnder(String head) {
        return frame(head, content);
    }

    String head(String separator) {
        StringBuilder text = new StringBuilder("{");
        header.forEach((name, json) -> {
            String value =
                    name.equals("content-length") ? (length.isEmpty() ? String.valueOf(content.length) : length) : json;
            text.append(text.length() > 1 ? separator : "")
                    .append('"')
                    .append(name)
                    .append("\": ")
                    .append(value);
        });
        return text.append('}').toString();
    }

    static byte[] frame(String head, byte[] content) {
        byte[] header = head.getBytes(UTF_8);
        return join(new byte[] {(byte) (header.length >> 8), (byte) header.length}, header, content);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
