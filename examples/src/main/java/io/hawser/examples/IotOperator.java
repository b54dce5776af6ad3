package io.hawser.examples;

import io.hawser.iot.enterprise.EnterpriseClient;
import io.hawser.iot.enterprise.EnterpriseOptions;
import io.hawser.iot.enterprise.Outcome;
import io.hawser.iot.enterprise.VirtualDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A program of an operator for Oracle IoT CS: watches the humidity that {@link IotHumiditySensor} tells, and lowers its threshold, so
 * that it raises alerts sooner.
 *
 * <pre>
 *   hawser integration add OPERATOR
 *   hawser integration provision OPERATOR -f operator.conf
 *   IotOperator operator.conf PASSPHRASE SENSOR-1 70
 * </pre>
 */
public final class IotOperator {
    private static final String URN = "urn:com:example:humidity_sensor";

    private IotOperator() {}

    /** Takes the provisioning file, its passphrase, the sensor, its new threshold, and after how many alerts it ends. */
    public static void main(String[] args) throws Exception {
        int most = args.length > 4 ? Integer.parseInt(args[4]) : Integer.MAX_VALUE;
        CountDownLatch alerts = new CountDownLatch(most);
        EnterpriseOptions options = EnterpriseOptions.system().monitorInterval(Duration.ofSeconds(1));
        try (EnterpriseClient operator = new EnterpriseClient(Path.of(args[0]), args[1].toCharArray(), options)) {
            VirtualDevice sensor = operator.createVirtualDevice(args[2], URN);
            sensor.setOnChange(
                    "humidity",
                    event -> System.out.println("it is " + event.change().value() + " %"));
            sensor.setOnAlert(event -> {
                System.out.println("too humid: " + event.fields().get("humidity") + " %");
                alerts.countDown();
            });
            operator.setOnError(why -> System.out.println("nothing is heard now: " + why.getMessage()));
            Outcome outcome = sensor.set("maxThreshold", Long.valueOf(args[3])).join();
            System.out.println("the threshold: " + outcome.state() + " " + outcome.reason());
            alerts.await();
        }
    }
}
