package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.junit.HubExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a program of yours is tested with a hub: the extension gives one, on free ports, for as long as the tests run. */
class PumpAlarmTest {
    @RegisterExtension
    static final HubExtension HUB = new HubExtension();

    @Test
    void anAlarmIsHeard() throws Exception {
        BlockingQueue<EftlMessage> alarms = new LinkedBlockingQueue<>();
        try (EftlConnection panel =
                        Eftl.connect(HUB.eftlUrl(), EftlOptions.defaults()).join();
                EftlConnection pump =
                        Eftl.connect(HUB.eftlUrl(), EftlOptions.defaults()).join()) {
            panel.subscribe(SubscribeOptions.matching("{\"alarm\":\"dry\"}"), alarms::add)
                    .join();
            pump.publish(EftlMessage.of(Fields.of("alarm", Value.of("dry")))).join();
            assertThat(alarms.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
    }
}
