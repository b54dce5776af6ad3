package io.hawser.iot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.border.Border;
import io.hawser.core.border.Crossing;
import io.hawser.core.border.Rate;
import io.hawser.core.border.Rename;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.route.Receipt;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices behind a border: what they say is thinned and has another name, what is asked of them too. */
@Timeout(60)
class BorderTest {
    private static final String URN = "urn:test:pump";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"level","type":"NUMBER"}],
            "actions":[{"name":"start"}],"formats":[]}""";
    private static final Border BORDER = new Border(
            new Crossing(
                    List.of(TopicPattern.parse("iot/>")),
                    List.of(TopicPattern.parse("iot/*/state")),
                    List.of(Rename.parse("iot/*/data/> plant/{1}/level")),
                    List.of(Rate.parse("iot/*/data/> 1:2"))),
            new Crossing(
                    List.of(), List.of(), List.of(Rename.parse("plant/*/start iot/{1}/actions/start")), List.of()));

    private final Cloud cloud;

    BorderTest(@TempDir Path folder) {
        cloud = new Cloud(folder, BORDER);
        cloud.model(URN, MODEL);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void dataComeInUnderTheirNewNameAndAskingUnderItReachesTheDevice() throws Exception {
        cloud.register("pump-7", "secret-7");
        RawDevice pump = new RawDevice(cloud, "pump-7", "secret-7");
        pump.activate(URN, "urn:oracle:iot:dcd:capability:direct_activation");
        for (int i = 0; i < 4; i++) {
            assertThat(pump.post("/iot/api/v2/messages?acceptBytes=0", level(pump, i))
                            .statusCode())
                    .isEqualTo(200);
        }
        await().until(() -> cloud.heard("plant/pump-7/level").size() == 2);
        assertThat(cloud.heard("plant/pump-7/level"))
                .containsExactly(Fields.of("level", Value.of(0.0)), Fields.of("level", Value.of(2.0)));
        assertThat(cloud.heard("iot/pump-7/state")).isEmpty();

        var poll = pump.poll(4190);
        cloud.request("plant/pump-7/start", Fields.EMPTY);
        Fields request = ((Value.Nested) RawDevice.list(poll.join()).get(0)).fields();
        Fields payload = ((Value.Nested) request.get("payload").orElseThrow()).fields();
        assertThat(payload.string("url")).contains("deviceModels/urn:test:pump/actions/start");
    }

    @Test
    void whoMayNotCallDevicesMayNotDoSoUnderAnotherName() throws Exception {
        cloud.register("pump-7", "secret-7");
        new RawDevice(cloud, "pump-7", "secret-7").activate(URN);
        assertThat(cloud.publish("plant/pump-7/start", Fields.EMPTY)).isEqualTo(new Receipt.Routed(2, false));
        cloud.rules("allow * * >", "deny web device.call >");
        assertThat(cloud.publish("plant/pump-7/start", Fields.EMPTY)).isEqualTo(new Receipt.Routed(1, false));
    }

    private static String level(RawDevice device, int value) {
        return "[{\"clientId\":\"c" + value + "\",\"source\":\"" + device.endpointId
                + "\",\"type\":\"DATA\",\"priority\":\"LOW\",\"reliability\":\"BEST_EFFORT\",\"eventTime\":1,"
                + "\"payload\":{\"format\":\"" + URN + ":attributes\",\"data\":{\"level\":" + value + "}}}]";
    }
}
