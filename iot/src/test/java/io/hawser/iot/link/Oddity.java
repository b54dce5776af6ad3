package io.hawser.iot.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.net.tls.Authority;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A server over TLS that answers each call as the test wants it to, be it nonsense, and remembers what it was asked. */
public final class Oddity implements Closeable {
    /** Said instead of an answer: nothing, and the connection stays. */
    public static final String SILENCE = "silence";

    /** Said instead of an answer: nothing, and the connection ends. */
    public static final String GONE = "";

    private static final String PASSWORD = "password";

    private final SSLServerSocket socket;
    private final Script script;
    private final List<Said> heard = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * What a client said.
     *
     * @param headers names in lower case
     */
    public record Said(String method, String path, Map<String, String> headers, String body) {}

    /** What the server says to a call: all bytes of an answer, or one of the words above. */
    public interface Script {
        /** The answer to {@code call}; called on the connection's thread. */
        String answer(Said call);
    }

    /** A server at {@code localhost} with {@code identity}. */
    public Oddity(Authority.Issued identity, Script script) throws Exception {
        this.script = script;
        Path store = identity.pkcs12(PASSWORD);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
        threads.execute(this::accept);
    }

    /** An answer. */
    public static String answer(int status, String body, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    /** A token that is good for {@code millis}. */
    public static String token(String token, long millis) {
        return answer(
                200, "{\"expires_in\":" + millis + ",\"token_type\":\"Bearer\",\"access_token\":\"" + token + "\"}");
    }

    public String url() {
        return "https://localhost:" + socket.getLocalPort();
    }

    /** What was said so far, in order. */
    public List<Said> heard() {
        return List.copyOf(heard);
    }

    /** What was said so far to paths that hold {@code part}. */
    public List<Said> heard(String part) {
        return heard.stream().filter(call -> call.path().contains(part)).toList();
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    private void accept() {
        try {
            for (Socket next = socket.accept(); ; next = socket.accept()) {
                Socket one = next;
                open.add(one);
                threads.execute(() -> serve(one));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                String answer = answer(head, in);
                if (answer.equals(GONE)) {
                    break;
                }
                if (!answer.equals(SILENCE)) {
                    connection.getOutputStream().write(answer.getBytes(UTF_8));
                }
            }
        } catch (IOException gone) {
            heard.add(new Said("", "lost", Map.of(), String.valueOf(gone.getMessage())));
        } finally {
            open.remove(connection);
        }
    }

    private String answer(String head, InputStream in) throws IOException {
        String[] lines = head.split("\r\n", -1);
        String[] request = lines[0].split(" ", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": *", 2);
            headers.put(header[0], header[1]);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        Said call = new Said(request[0], request[1], headers, new String(body, UTF_8));
        heard.add(call);
        return script.answer(call);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(ISO_8859_1).stripTrailing();
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
