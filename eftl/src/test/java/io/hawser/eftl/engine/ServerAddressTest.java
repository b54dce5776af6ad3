package io.hawser.eftl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in an address ({@code specs/eftl.md} 1.1). */
class ServerAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", emptyValue = "", textBlock = """
            ws://h/channel                       | ws://h/channel      | ''    | ''  | ''
            WSS://h:1/a/b                        | WSS://h:1/a/b       | ''    | ''  | ''
            ws://h                               | ws://h/channel      | ''    | ''  | ''
            ws://[::1]:9191/channel              | ws://[::1]:9191/channel | '' | ''  | ''
            ws://u@h/c                           | ws://h/c            | u     | ''  | ''
            ws://u:p:q@h/c                       | ws://h/c            | u     | p:q | ''
            ws://u%20x:p%3Aq@h/c?clientId=a%26b  | ws://h/c            | 'u x' | p:q | a&b
            ws://h/c?x=1&clientId=me&y=2         | ws://h/c            | ''    | ''  | me
            ws://h/c?x=1                         | ws://h/c            | ''    | ''  | ''
            """)
    void isTakenApart(String url, String uri, String user, String password, String clientId) {
        assertThat(ServerAddress.list(url))
                .containsExactly(new ServerAddress(URI.create(uri), user, password, clientId));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|",
                "ws://",
                "ws:///c",
                "ws://h:65536/c",
                "ws://h:0/c",
                "tcp://h/c",
                "h:1/c",
                "ws://u:geheim@/c"
            })
    void isRefusedWithAReason(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.list(url))
                .withMessageContaining("is no eFTL address: ")
                .withMessageNotContaining("geheim");
    }
}
