package io.hawser.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.ivy.IvyAgent;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As a test of somebody else uses it: one hub for the class, one for each test. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HubExtensionTest {
    @RegisterExtension
    static final HubExtension SHARED = new HubExtension()
            .withIvy("lab")
            .withCopters()
            .withDevices()
            .with("retained.topics", List.of("kept"))
            .with("eftl.max-message", "2KiB");

    @RegisterExtension
    final HubExtension own = new HubExtension().with("retained.topics", List.of("kept"));

    @Test
    @Order(1)
    void anIvyTextReachesAnApp() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (EftlConnection app =
                        Eftl.connect(SHARED.eftlUrl(), EftlOptions.defaults()).join();
                IvyAgent agent = IvyAgent.join("SIM", SHARED.ivyBus("lab"))) {
            app.subscribe(SubscribeOptions.matching("{\"text\":\"hello world\"}"), message -> heard.add("hello"))
                    .join();
            agent.waitForClient("HAWSER", Duration.ofSeconds(10)).join();
            // the hub asks the agents for texts when somebody wants them, and that takes its time
            String first = null;
            for (int i = 0; i < 100 && first == null; i++) {
                agent.send("hello world");
                first = heard.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(first).isEqualTo("hello");
        }
    }

    @Test
    @Order(2)
    void copterAndDeviceAreLetIn() throws Exception {
        CleverHandlers handlers = new CleverHandlers().onRequest("id", call -> Value.of("copter-1"));
        try (CleverPeer copter = CleverPeer.connect(
                "127.0.0.1:" + SHARED.cleverAddress().getPort(),
                CleverOptions.defaults().handlers(handlers))) {
            assertThat(copter.request("id")).isNotNull();
        }
        URI at = URI.create(SHARED.iotUrl());
        try (Socket socket = trusting().getSocketFactory().createSocket(at.getHost(), at.getPort())) {
            ((SSLSocket) socket).startHandshake();
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private static SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(SHARED.iotTrust())) {
            Certificate authority = CertificateFactory.getInstance("X.509").generateCertificate(in);
            trusted.setCertificateEntry("hub", authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    @Order(3)
    void theAdminApiAnswersWhoShowsTheToken() throws Exception {
        URI clients = URI.create(own.adminUrl() + "/api/v1/clients");
        HttpRequest asked = HttpRequest.newBuilder(clients)
                .header("Authorization", "Bearer " + own.adminToken())
                .build();
        HttpClient http = HttpClient.newHttpClient();
        assertThat(http.send(asked, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(http.send(HttpRequest.newBuilder(clients).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    @Order(4)
    void whatOneTestLeavesBehind() {
        publish(SHARED);
        publish(own);
        assertThat(keeps(SHARED)).isTrue();
        assertThat(keeps(own)).isTrue();
    }

    @Test
    @Order(5)
    void isThereInTheNextOnlyInTheSharedHub() {
        assertThat(keeps(SHARED)).isTrue();
        assertThat(keeps(own)).isFalse();
    }

    private static void publish(HubExtension hub) {
        try (EftlConnection app =
                Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join()) {
            app.publish(EftlMessage.of(
                            Fields.builder().put("_dest", "kept").put("n", 1).build()))
                    .join();
        }
    }

    private static boolean keeps(HubExtension hub) {
        HttpRequest retained = HttpRequest.newBuilder(URI.create(hub.adminUrl() + "/api/v1/retained"))
                .header("Authorization", "Bearer " + hub.adminToken())
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(retained, HttpResponse.BodyHandlers.ofString())
                .join()
                .body()
                .contains("\"kept\"");
    }

    @Test
    @Order(6)
    void saysWhatIsMissing() {
        assertThatThrownBy(own::cleverAddress).hasMessage("copters may not connect; say withCopters()");
        assertThatThrownBy(own::iotUrl).hasMessage("devices may not connect; say withDevices()");
        assertThatThrownBy(() -> own.ivyBus("sea")).hasMessage("there is no Ivy bus sea; say withIvy(\"sea\")");
        assertThatThrownBy(() -> new HubExtension().eftlUrl())
                .hasMessage("the hub runs while a test does; is the field annotated with @RegisterExtension?");
        HubExtension wrong = new HubExtension().with("eftl.prot", 1);
        assertThatThrownBy(wrong::start).hasMessageContaining("eftl.prot").hasMessageContaining("eftl.port");
    }
}
