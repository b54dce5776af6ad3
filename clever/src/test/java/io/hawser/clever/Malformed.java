package io.hawser.clever;

import static io.hawser.clever.RawFrame.action;
import static io.hawser.clever.RawFrame.file;
import static io.hawser.clever.RawFrame.frame;
import static io.hawser.clever.RawFrame.join;
import static io.hawser.clever.RawFrame.request;
import static io.hawser.clever.RawFrame.response;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;

import java.util.LinkedHashMap;
import java.util.Map;

/** The inputs of {@code vectors/malformed-py3.txt}, by their names there. */
final class Malformed {
    private static final byte[] NOTHING = {};
    private static final String NONE = "\"args\": [], \"kwargs\": {}";

    private final Map<String, byte[]> all = new LinkedHashMap<>();

    static Map<String, byte[]> all() {
        Malformed inputs = new Malformed();
        inputs.headers();
        inputs.lengths();
        inputs.contents();
        inputs.messages();
        inputs.requests();
        inputs.ends();
        return inputs.all;
    }

    private void headers() {
        put("header length 0", frame("", NOTHING));
        put("header not JSON", frame("hello", NOTHING));
        put("header invalid UTF-8", join(new byte[] {0, 9}, "{\"a\": \"\u00ff\"}".getBytes(ISO_8859_1)));
        put("header {} (empty object)", frame("{}", NOTHING));
        put("header null", frame("null", NOTHING));
        put("header JSON array", frame("[1]", NOTHING));
        for (String key :
                new String[] {"byteorder", "content-length", "content-type", "content-encoding", "message-type"}) {
            put("header lacks " + key, action().without(key).bytes());
        }
        put("header with unknown extra keys", action().with("x-more", "[1, {}]").bytes());
        put(
                "header keys reordered + whitespace",
                action().bytesUnder(
                                "{ \"action\" :\"test_command\",\n\t\"message-type\":\"message\", \"content-length\" : 26,"
                                        + "\"content-encoding\":\"utf-8\",\"content-type\":\"json\",   \"byteorder\":\"little\" }"));
        put(
                "header duplicate keys (last wins)",
                action().bytesUnder(action().head(", ").replaceFirst("\\{", "{\"action\": \"land\", ")));
        put("header padded to ~60 KB", action().bytes("," + " ".repeat(12_000)));
        put("byteorder = nonsense", action().with("byteorder", "\"middle\"").bytes());
    }

    private void lengths() {
        put("content-length -1", action().length("-1").bytes());
        put("content-length 26.0 (float)", action().length("26.0").bytes());
        put("content-length \"26\" (string)", action().length("\"26\"").bytes());
        put("content-length true", action().length("true").bytes());
        put("content-length null", action().length("null").bytes());
        put("content-length 10**12", action().length("1000000000000").bytes());
        put("content-length too small by 1", action().length("25").bytes());
    }

    private void contents() {
        put("content invalid JSON", action("{args: []}").bytes());
        put("content JSON null then probe", action("null").bytes());
        put("content-length 0, type json", action("").bytes());
        put("content with UTF-8 BOM", action("\ufeff{" + NONE + "}").bytes());
        put("content deep nesting 100k", action("[".repeat(100_000)).bytes());
        put("content top-level array", action("[]").bytes());
        put(
                "content-type text/plain, action known",
                action().with("content-type", "\"text/plain\"").bytes());
        put(
                "content-type binary, action not filetransfer",
                action().with("content-type", "\"binary\"").bytes());
        put(
                "content-encoding latin-1 (0xe9)",
                action().with("content-encoding", "\"latin-1\"")
                        .content("{\"args\": [\"\u00e9\"], \"kwargs\": {}}", ISO_8859_1)
                        .bytes());
        put(
                "content-encoding utf-16",
                action().with("content-encoding", "\"utf-16\"")
                        .content("{\"args\": [\"\u043a\"], \"kwargs\": {}}", UTF_16)
                        .bytes());
        put(
                "content-encoding unknown codec",
                action().with("content-encoding", "\"nosuch\"").bytes());
    }

    private void messages() {
        put("message-type unknown", action().with("message-type", "\"hello\"").bytes());
        put(
                "message-type 'filetransfer' (v0.3 dialect)",
                file("\"old.txt\"", "abc")
                        .with("message-type", "\"filetransfer\"")
                        .bytes());
        put(
                "v0.3 dialect command frame (no action)",
                action("{\"command\": \"land\", \"args\": {}}")
                        .without("action")
                        .bytes());
        put("message without action", action().without("action").bytes());
        put("message action = 5", action().with("action", "5").bytes());
        put("unknown action", action().with("action", "\"nobody\"").bytes());
        put("message content lacks args", action("{\"kwargs\": {}}").bytes());
        put("message content lacks kwargs", action("{\"args\": []}").bytes());
        put("message args = null", arguments("null", "{}"));
        put("message args = object", arguments("{\"a\": 1}", "{}"));
        put("message args = string 'ab'", arguments("\"ab\"", "{}"));
        put("message args = 5", arguments("5", "{}"));
        put("message kwargs = null", arguments("[]", "null"));
        put("message kwargs = array", arguments("[]", "[]"));
        put("message kwargs odd keys", arguments("[]", "{\"\": 1, \"a b\": 2, \"client \": 3, \"\u043a\": 4}"));
        put("message kwargs key 'client' (collides with 1st parameter)", arguments("[]", "{\"client\": 1}"));
    }

    private void requests() {
        put(
                "request lacks request_id",
                request("{\"requested_value\": \"echo\", " + NONE + "}").bytes());
        put(
                "request lacks args",
                request("{\"requested_value\": \"echo\", \"request_id\": \"1\", \"kwargs\": {}}")
                        .bytes());
        put("request id integer 7", request("echo", "7", "{}").bytes());
        put("request id null", request("echo", "null", "{}").bytes());
        put("request id object", request("echo", "{\"a\": [1]}", "{}").bytes());
        put("request id 200 chars", request("echo", quoted(200), "{}").bytes());
        put(
                "request id + requested_value > 64 KB",
                request("echo", quoted(70_000), "{}").bytes());
        put("request unknown value", request("nobody", "\"1\"", "{}").bytes());
        put("request callback raises", request("fail", "\"1\"", "{}").bytes());
        put(
                "request value not JSON-serializable",
                request("bytes", "\"1\"", "{}").bytes());
        put(
                "request filetransfer without filepath",
                request("filetransfer", "\"1\"", "{}").bytes());
        put(
                "request filetransfer missing file",
                request("filetransfer", "\"1\"", path("missing")).bytes());
        put(
                "request filetransfer of a directory",
                request("filetransfer", "\"1\"", path("folder")).bytes());
        put(
                "request filetransfer /etc/debian_version (arbitrary read)",
                request("filetransfer", "\"1\"", path("/etc/debian_version")).bytes());
        put(
                "request binary content-type",
                request("echo", "\"1\"", "{}")
                        .with("content-type", "\"binary\"")
                        .bytes());
    }

    private void ends() {
        put(
                "response without request_id header",
                response("1", "{\"value\": 1}").without("request_id").bytes());
        put("response unexpected id", response("\"77\"", "{\"value\": 1}").bytes());
        put(
                "response id is a list (unhashable)",
                response("[1]", "{\"value\": 1}").bytes());
        put(
                "filetransfer message without filepath",
                file("", "x").without("filepath").bytes());
        put(
                "filetransfer message with JSON content",
                file("\"jsonfile.txt\"", "{}").with("content-type", "\"json\"").bytes());
        put("filetransfer to missing directory", file("\"missing/x\"", "x").bytes());
        put(
                "filetransfer to ../ and absolute path",
                join(
                        file("\"../escaped\"", "x").bytes(),
                        file("\"/tmp/escaped\"", "x").bytes()));
        put("filetransfer filepath is a number 1 (fd!)", file("1", "x").bytes());
        put(
                "filetransfer shell metacharacters, whoami=pi",
                file("\"f;touch INJECTED\"", "x").bytes());
        put(
                "two frames in one segment",
                join(action().bytes(), action().with("action", "\"land\"").bytes()));
        put("garbage after a good frame", join(action().bytes(), "\0\5hello".getBytes(ISO_8859_1)));
    }

    private void put(String name, byte[] bytes) {
        all.put(name, bytes);
    }

    private static byte[] arguments(String args, String kwargs) {
        return action("{\"args\": " + args + ", \"kwargs\": " + kwargs + "}").bytes();
    }

    private static String quoted(int length) {
        return '"' + "x".repeat(length) + '"';
    }

    private static String path(String path) {
        return "{\"filepath\": \"" + path + "\"}";
    }
}
