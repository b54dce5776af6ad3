import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.junit.HubExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsumerTest {
    @RegisterExtension
    static final HubExtension HUB = new HubExtension();

    @Test
    void somebodyHears() {
        try (EftlConnection app =
                Eftl.connect(HUB.eftlUrl(), EftlOptions.defaults()).join()) {
            app.subscribe(SubscribeOptions.everything(), message -> {}).join();
            int receivers = app.publish(EftlMessage.of(Fields.builder().put("x", 1).build()))
                    .join();
            assertEquals(1, receivers);
        }
    }
}
