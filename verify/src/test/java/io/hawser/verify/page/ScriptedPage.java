package io.hawser.verify.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;

/** A page with {@code hawser.js} whose hub is played by hand: each method does one step of the play. */
final class ScriptedPage implements AutoCloseable {
    static final String LOGIN = "{'op':1,'protocol':1,'client_type':'js','client_version':'hawser',";
    static final String WELCOME = "{'op':2,'client_id':'page-1','id_token':'t','timeout':600,'heartbeat':240,"
            + "'max_size':2000,'_qos':'true','_resume':'false','protocol':1,'stop_supported':'true'}";

    private final ScriptedHub hub = new ScriptedHub();
    private final Page page;

    ScriptedPage(Page page) {
        this.page = page;
    }

    ScriptedHub hub() {
        return hub;
    }

    /** Opens a page that does nothing yet. */
    void opens() {
        page.navigate(hub.page());
    }

    /** First the browser's end, so that the hub need not wait for it. */
    @Override
    public void close() {
        page.close();
        hub.close();
    }

    /** A page that has logged in; {@code window.hub} is its connection, {@code said} what it was told. */
    void connects() {
        page.navigate(hub.page());
        page.evaluate("async () => Object.assign(window, await import('/hawser.js'), { said: [] })");
        begins("connect().then((it) => { window.hub = it;"
                + "  it.addEventListener('state', ({ detail }) => said.push(detail.state));"
                + "  it.addEventListener('error', ({ detail }) => said.push(detail.message)); })");
        assertThat(hub.hears()).isEqualTo("open /channel");
        assertThat(hub.hears()).matches(login("'login_options':{'_qos':'true','_resume':'false','_hawser':'1'", 1));
        hub.says(WELCOME);
        assertThat(ends()).isEqualTo("undefined");
    }

    /** What the page says first; it tells its logins apart by their number. */
    private static String login(String said, int least) {
        return Pattern.quote(LOGIN + said) + ",'_attempt':'[0-9a-f]+-[" + least + "-9]'}}";
    }

    /** Starts what gives a promise. */
    void begins(String script) {
        page.evaluate("() => { window.outcome = (async () => " + script
                + ")().then((value) => typeof value === 'object' ? JSON.stringify(value) : String(value),"
                + "  (failure) => failure.name + ' ' + failure.code + ' ' + failure.message); }");
    }

    /** How the last of it ended. */
    String ends() {
        return (String) page.evaluate("() => outcome");
    }

    /** The value of an expression, as text. */
    String value(String expression) {
        return (String) page.evaluate("() => String(" + expression + ")");
    }

    /** Waits until an expression is true. */
    void until(String expression) {
        page.waitForFunction("() => " + expression);
    }

    void comesBack(String resume) {
        hub.loses();
        assertThat(hub.hears()).isEqualTo("open /channel");
        String login = "'client_id':'page-1','id_token':'t',"
                + "'login_options':{'_qos':'true','_resume':'true','_hawser':'1'";
        assertThat(hub.hears()).matches(login(login, 2));
        hub.says(WELCOME.replace("'_resume':'false'", "'_resume':'" + resume + "'"));
    }

    void subscribes(String wish, String frame) {
        begins("hub.subscribe(" + wish + ", (event) => said.push(event.body.n)).then((it) => { window.sub = it; })");
        assertThat(hub.hears()).isEqualTo(frame);
        hub.says("{'op':4,'id':'1'}");
        assertThat(ends()).isEqualTo("undefined");
    }

    void subscribes() {
        subscribes("'a/>'", "{'op':3,'id':'1','matcher':'{\\'_dest\\':\\'a/>\\'}','ack':'auto','stopped':false}");
    }

    void delivers(int n) {
        hub.says(
                "{'op':7,'to':'1','seq':" + n + ",'body':{'n':" + n + "},'_topic':'a/b','_from':'ivy:A','_time':5000}");
    }
}
