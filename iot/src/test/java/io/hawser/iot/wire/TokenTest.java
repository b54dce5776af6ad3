package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String ASSERTION =
            "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    @Test
    void readsAFormWithItsTypeRawOrPercentEncodedAndPaddingInTheAssertion() throws Exception {
        assertThat(read("grant_type=client_credentials" + ASSERTION
                        + "&client_assertion=a.b.c==&scope=oracle/iot/activation"))
                .isEqualTo(new TokenRequest("a.b.c==", true));
        assertThat(read("scope=&client_assertion=a.b.c&"
                        + ASSERTION.substring(1).replace(":", "%3A") + "&x=y&grant_type=client_credentials"))
                .isEqualTo(new TokenRequest("a.b.c", false));
        assertThat(read("grant_type=client_credentials" + ASSERTION + "&client_assertion=a.b.c")
                        .activating())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    '' | grant_type is not client_credentials
                    x | grant_type is not client_credentials
                    grant_type=password | grant_type is not client_credentials
                    grant_type=client_credentials | client_assertion_type is not urn:ietf:params:oauth:client-assertion-type:jwt-bearer
                    A | client_assertion is missing
                    A&client_assertion= | client_assertion is missing
                    A&client_assertion=x&scope=oracle | scope is neither empty nor oracle/iot/activation
                    A&client_assertion=x&scope=&scope= | scope stands twice in the form
                    A&client_assertion=%4 | the form holds a % without two hex digits behind it
                    A&client_assertion=%zz | the form holds a % without two hex digits behind it
                    """)
    void saysWhatIsWrongWithAForm(String form, String reason) {
        assertThatThrownBy(() -> read(form.replace("A", "grant_type=client_credentials" + ASSERTION)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(reason);
    }

    @Test
    void refusesAFormThatIsTooLong() {
        assertThatThrownBy(() -> read("a=" + "x".repeat(10_000)))
                .hasMessage("the form has 10002 bytes, too many for a request of a token");
    }

    @Test
    void saysATokenAsTheOriginalDoes() throws Exception {
        TokenAnswer answer = new TokenAnswer("45d23e1650b24fd69e1854f9c862c3a5", 3_600_000);

        assertThat(new String(Json.write(answer.fields()), UTF_8))
                .isEqualTo(
                        "{\"expires_in\":3600000,\"token_type\":\"Bearer\",\"access_token\":\"45d23e1650b24fd69e1854f9c862c3a5\"}");
        assertThat(TokenAnswer.of(answer.fields())).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"access_token":"x"} | the token: expires_in is missing
                    {"access_token":"x","expires_in":0} | the token: expires_in is no count of milliseconds in 31 bits
                    {"access_token":"x","expires_in":2147483648} | the token: expires_in is no count of milliseconds in 31 bits
                    {"expires_in":1} | the token: access_token is missing
                    {"access_token":"x","expires_in":1,"token_type":"MAC"} | the token: token_type is not Bearer
                    """)
    void saysWhatIsWrongWithAToken(String answer, String reason) {
        assertThatThrownBy(() -> TokenAnswer.of(JSON.object(answer.getBytes(UTF_8))))
                .hasMessage(reason);
    }

    /** By this a device whose clock is wrong learns the time. */
    @Test
    void saysTheTimeInAProblem() throws Exception {
        Problem problem = new Problem("not authorized", "expired", OptionalLong.of(1_795_223_255_000L));

        assertThat(new String(Json.write(problem.fields()), UTF_8))
                .isEqualTo("{\"title\":\"not authorized\",\"detail\":\"expired\",\"currentTime\":1795223255000}");
        assertThat(Problem.of(problem.fields())).isEqualTo(problem);
        assertThat(Problem.of(Problem.of("busy", "").fields())).isEqualTo(Problem.of("busy", ""));
        assertThat(Problem.of(Fields.EMPTY)).isEqualTo(Problem.of("", ""));
        assertThat(Problem.of(JSON.object("{\"title\":7,\"detail\":{},\"currentTime\":\"x\"}".getBytes(UTF_8))))
                .isEqualTo(Problem.of("", ""));
    }

    private static TokenRequest read(String form) throws ProtocolException {
        return TokenRequest.read(form.getBytes(UTF_8), IotLimits.DEFAULT);
    }
}
