package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.doctor.Finding;
import io.hawser.app.doctor.IvyDoctor;
import io.hawser.app.doctor.TimeDoctor;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.ivy.IvyAgent;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code hawser doctor} on a hub that is well, and on what is not. */
class DoctorTest extends AdminStage {
    private static final String BUS = "127.255.255.255:" + freePort();

    DoctorTest() {
        super(Map.of("ivy.lab.bus", BUS, "clever.enabled", true, "clever.port", 0, "clever.announce.enabled", false));
    }

    @Test
    void aHubThatIsWellIsToldSo() {
        try (IvyAgent agent = IvyAgent.join("PLANE", BUS)) {
            await().until(() -> !agent.clients().isEmpty());
            await().until(() -> lines("client", "ls").stream().anyMatch(line -> line.contains("PLANE")));

            run("doctor", "-s", hub.eftlUrl());

            assertThat(out.toString().lines())
                    .anyMatch(line -> line.equals("check=admin  ok=true  seen=the hub answers"))
                    .anyMatch(line -> line.startsWith("check=eftl  ok=true  seen=" + hub.eftlUrl() + " logs "))
                    .anyMatch(line -> line.equals(
                            "check=ivy  ok=true  seen=lab: all agents of " + BUS + " are known to the hub: 1"))
                    .anyMatch(
                            line -> line.startsWith("check=store  ok=true  seen=in memory: nothing outlives this hub"))
                    .anyMatch(line -> line.equals("check=clever  ok=true  seen=copters that are there: 0"))
                    .anyMatch(line -> line.startsWith("check=ntp"));
        }
    }

    @Test
    void whoIsApartFromTheHubIsNamed() {
        try (IvyAgent agent = IvyAgent.join("PLANE", BUS)) {
            await().until(() -> lines("ivy", "ls").stream().anyMatch(line -> line.contains("agents=1")));
            Fields domain = JsonText.read(lines("ivy", "ls", "-o", "json").get(0));

            List<Finding> findings = IvyDoctor.look(domain, List.of());

            assertThat(findings).hasSize(1).first().satisfies(finding -> {
                assertThat(finding.good()).isFalse();
                assertThat(finding.seen()).startsWith("lab: PLANE (127.0.0.1:").contains("missed each other's hello");
                assertThat(finding.remedy()).isEqualTo("restart " + agent.name());
            });
        }
    }

    @Test
    void whatCannotBeReachedIsToldWithARemedy() {
        assertThat(run("doctor", "-s", "ws://127.0.0.1:1/channel")).isEqualTo(1);
        assertThat(out.toString()).contains("check=eftl  ok=false  seen=ws://127.0.0.1:1/channel cannot be used: ");
        assertThat(run(Map.of("HAWSER_ADMIN_URL", "http://127.0.0.1:1"), "doctor"))
                .isEqualTo(3);
    }

    @Test
    void aClockThatAnswersIsKnownFromOneThatDoesNot() throws IOException {
        try (DatagramSocket ntp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answer(ntp));
            assertThat(TimeDoctor.look((InetSocketAddress) ntp.getLocalSocketAddress())
                            .good())
                    .isTrue();
            answered.join();
            assertThat(TimeDoctor.look((InetSocketAddress) ntp.getLocalSocketAddress())
                            .remedy())
                    .contains("chrony");
        }
    }

    private static void answer(DatagramSocket ntp) {
        try {
            DatagramPacket question = new DatagramPacket(new byte[48], 48);
            ntp.receive(question);
            question.getData()[0] = 0x24;
            ntp.send(question);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (SocketException none) {
            throw new AssertionError(none);
        }
    }
}
