package io.hawser.eftl;

import static io.hawser.eftl.Script.LOGIN;
import static io.hawser.eftl.Script.WELCOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.eftl.engine.EftlState;
import io.hawser.net.tls.UnusableTlsException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client gets to its server ({@code specs/eftl.md} 1.1, 1.3, 1.10, 1.15). */
class ClientLoginTest {
    private static final EftlOptions OPTIONS = EftlOptions.defaults();

    @Test
    void saysWhoItIsAndIsConnectedWithTheWelcome() {
        Script script = new Script("ws://a/channel", OPTIONS.clientId("c"));
        script.hears("dial ws://a/channel?client_id=c {}", "state CONNECTING");
        script.opens();
        script.hears(LOGIN);
        assertThat(script.connecting()).isNotDone();
        script.says(WELCOME);
        script.hears("state CONNECTED", "connected c");
        assertThat(script.connection().clientId()).isEqualTo("c");
        assertThat(script.connection().state()).isEqualTo(EftlState.CONNECTED);
        assertThat(script.connection().isConnected()).isTrue();
    }

    @Test
    void takesTheIdThatTheServerChose() {
        Script script = new Script("ws://a/channel", OPTIONS);
        script.hears("dial ws://a/channel {}", "state CONNECTING");
        script.opens();
        script.says(WELCOME);
        assertThat(script.connection().clientId()).isEqualTo("c");
    }

    @Test
    void showsUserAndPasswordTwiceAndAsksForALimit() {
        Script script =
                new Script("ws://a:8585/x", OPTIONS.login("alice", "pw1").maxPendingAcks(5));
        script.hears("dial ws://a:8585/x {Authorization=Basic YWxpY2U6cHcx}", "state CONNECTING");
        script.opens();
        script.hears("> {'op':1,'protocol':1,'client_type':'java','client_version':'hawser','user':'alice',"
                + "'password':'pw1','max_pending_acks':5,'login_options':{'_qos':'true','_hawser':'1'}}");
    }

    @Test
    void whatTheAddressSaysGoesBeforeTheOptions() {
        Script script = new Script(
                "ws://bob:p%40ss@a/channel?clientId=c%201",
                OPTIONS.login("alice", "pw1").clientId("other"));
        script.hears("dial ws://a/channel?client_id=c%201 {Authorization=Basic Ym9iOnBAc3M=}", "state CONNECTING");
        script.opens();
        script.hears("> {'op':1,'protocol':1,'client_type':'java','client_version':'hawser','user':'bob',"
                + "'password':'p@ss','client_id':'c 1','login_options':{'_qos':'true','_hawser':'1'}}");
    }

    @Test
    void aTokenStandsForUserAndPassword() {
        Script script = new Script("ws://a/channel", OPTIONS.token("hwt_1"));
        script.hears("dial ws://a/channel {Authorization=Bearer hwt_1}", "state CONNECTING");
        script.opens();
        script.hears("> {'op':1,'protocol':1,'client_type':'java','client_version':'hawser','password':'hwt_1',"
                + "'login_options':{'_qos':'true','_hawser':'1'}}");
    }

    @Test
    void triesEveryAddressOnceAndTellsTheMostTellingFailure() {
        Script script = new Script("ws://a/channel|ws://b/channel|ws://d/channel", OPTIONS);
        script.hears("dial ws://a/channel {}", "state CONNECTING");
        script.refuses("cannot connect to a");
        script.hears("dial ws://b/channel {}");
        script.opens();
        script.closes(4002, "wrong password");
        script.advance(0);
        script.refuses("cannot connect to d");
        script.advance(3_600);
        assertThat(Script.failure(script.connecting()))
                .isInstanceOf(EftlConnectException.class)
                .hasMessage("wrong password")
                .extracting(EftlException::code)
                .isEqualTo(4002);
        assertThat(script.connecting()).isCompletedExceptionally();
    }

    @Test
    void givesUpAServerThatDoesNotWelcomeIt() {
        Script script = new Script("ws://a/channel", OPTIONS.clientId("c").loginTimeout(Duration.ofSeconds(3)));
        script.opens();
        script.hears("dial ws://a/channel?client_id=c {}", "state CONNECTING", LOGIN);
        script.advance(3);
        script.hears("drop", "state DISCONNECTED", "disconnected 1006 no welcome came within PT3S");
        assertThat(Script.failure(script.connecting())).hasMessage("no welcome came within PT3S");
    }

    @Test
    void anErrorInsteadOfAWelcomeRefusesTheLogin() {
        Script script = new Script("ws://a/channel", OPTIONS);
        script.opens();
        script.says("{'op':10,'err':13,'reason':'not today'}");
        assertThat(Script.failure(script.connecting()))
                .hasMessage("the server refused the login: not today")
                .extracting(EftlException::code)
                .isEqualTo(13);
    }

    @Test
    void echoesHeartbeatsAndIgnoresWhatItDoesNotKnow() {
        Script script = Script.loggedIn(OPTIONS);
        script.says("{'op':0}", "{'op':77,'x':1}", WELCOME);
        script.hears("> {'op':0}");
    }

    @Test
    void whatIsNoFrameIsToldAndTheConnectionStays() {
        Script script = Script.loggedIn(OPTIONS);
        script.says("{nonsense", "{'op':10,'err':50,'reason':'cannot stop'}", "{'op':0}");
        script.hears(
                "> {'op':0}",
                "error 1002 the server sent a malformed frame: not valid JSON near byte 1",
                "error 50 cannot stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a/channel", "ws:///channel", "ws://a:0/x", "ws://a b/", "", "ws://a/x|nonsense"})
    void anAddressThatIsNoneIsRefusedAtOnce(String urls) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Eftl.connect(urls, OPTIONS))
                .withMessageContaining("is no eFTL address")
                .withMessageContaining("ws[s]://[user[:password]@]host[:port]/channel");
    }

    @Test
    void noErrorAndNoTextNamesAPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Eftl.connect("http://u:secret@a/x", OPTIONS))
                .withMessageNotContaining("secret");
        assertThat(OPTIONS.login("u", "secret").toString()).doesNotContain("secret");
        assertThat(OPTIONS.token("secret").toString()).doesNotContain("secret");
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThatThrownBy(() -> OPTIONS.trustStore(Path.of("no", "such", "file")))
                .isInstanceOf(UnusableTlsException.class)
                .hasMessageContaining("such");
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.token("two words"));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.maxUnacknowledged(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.maxUnhandled(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.autoReconnectAttempts(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.loginTimeout(Duration.ZERO));
    }

    @Test
    void theVersionIsSomeText() {
        assertThat(Eftl.version()).isNotEmpty();
    }
}
