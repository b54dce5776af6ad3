package io.hawser.iot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicePathTest {
    private static final String URN = "urn:com:oracle:iot:device:humidity_sensor";

    @Test
    void writesAndReadsEachKind() throws Exception {
        says(new DevicePath.Attribute(URN, "maxThreshold"), "deviceModels/" + URN + "/attributes/maxThreshold");
        says(new DevicePath.Attributes(URN), "deviceModels/" + URN + "/attributes");
        says(new DevicePath.Action(URN, "reset"), "deviceModels/" + URN + "/actions/reset");
        says(
                DevicePath.capability("message_dispatcher", "pollingInterval"),
                "deviceModels/urn:oracle:iot:dcd:capability:message_dispatcher/pollingInterval");
        says(new DevicePath.Resource(List.of("a")), "a");
        says(new DevicePath.Attribute("urn:\u00fc/%", "a b?#"), "deviceModels/urn:%C3%BC%2F%25/attributes/a%20b%3F%23");
    }

    @ParameterizedTest
    @CsvSource({
        "/deviceModels/urn%3Ax/attributes/a",
        "deviceModels/urn%3ax/attributes/%61",
        "deviceModels/urn:x/attributes/a?q=1/2"
    })
    void readsOtherSpellings(String url) throws Exception {
        assertThat(DevicePath.parse(url)).isEqualTo(new DevicePath.Attribute("urn:x", "a"));
    }

    @Test
    void aPlusIsAPlus() throws Exception {
        assertThat(DevicePath.parse("deviceModels/u+v/attributes")).isEqualTo(new DevicePath.Attributes("u+v"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deviceModels/u/actions",
                "deviceModels/u",
                "deviceModels",
                "deviceModels/u/attributes/a/b",
                "x/u/attributes"
            })
    void anythingElseIsAResource(String url) throws Exception {
        assertThat(DevicePath.parse(url)).isEqualTo(new DevicePath.Resource(List.of(url.split("/", -1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "a//b", "a/", "//a", "a/%", "a/%4", "a/%zz", "%c3", "?a", "deviceModels//attributes"})
    void refusesWhatIsNoPath(String url) {
        assertThatThrownBy(() -> DevicePath.parse(url)).isInstanceOf(ProtocolException.class);
    }

    private static void says(DevicePath path, String url) throws ProtocolException {
        assertThat(path.url()).isEqualTo(url);
        assertThat(DevicePath.parse(url)).isEqualTo(path);
    }
}
