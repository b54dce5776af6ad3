package io.hawser.verify.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How {@code hawser.js} comes back with its work when the connection is lost, in Chromium. */
@ExtendWith(Chromium.class)
class HawserComebackTest {
    private static final String SUBSCRIBE =
            "{'op':3,'id':'1','matcher':'{\\'_dest\\':\\'a/>\\'}','ack':'auto','stopped':false}";

    private final ScriptedPage page;
    private final ScriptedHub hub;

    HawserComebackTest(Page page) {
        this.page = new ScriptedPage(page);
        this.hub = this.page.hub();
    }

    @AfterEach
    void stop() {
        page.close();
    }

    @Test
    void inAResumedSessionEverythingIsSaidAgainAndDuplicatesAreDropped() {
        page.connects();
        page.subscribes();
        page.delivers(1);
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':1,'id':'1'}");
        page.begins("Promise.all([hub.publish({ n: 1 }), hub.map('m').get('k')])");
        hub.hears();
        hub.hears();
        page.comesBack("true");
        assertThat(hub.hears()).isEqualTo(SUBSCRIBE);
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':1,'body':{'n':1}}");
        assertThat(hub.hears()).isEqualTo("{'op':22,'seq':2,'map':'m','key':'k'}");
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':1,'id':'1'}");
        hub.says("{'op':4,'id':'1'}", "{'op':9,'seq':1}", "{'op':26,'seq':2}");
        assertThat(page.ends()).isEqualTo("[0,null]");
        page.delivers(1);
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':1,'id':'1'}");
        page.delivers(2);
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':2,'id':'1'}");
        assertThat(page.value("said")).isEqualTo("1,reconnecting,connected,2");
    }

    @Test
    void inANewSessionEventsAreNumberedAnew() {
        page.connects();
        page.subscribes();
        page.delivers(1);
        hub.hears();
        page.begins("hub.publish({ n: 1 })");
        hub.hears();
        page.comesBack("false");
        assertThat(hub.hears()).isEqualTo(SUBSCRIBE);
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':1,'body':{'n':1}}");
        hub.says("{'op':9,'seq':1}");
        assertThat(page.ends()).isEqualTo("0");
        page.delivers(1);
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':1,'id':'1'}");
        assertThat(page.value("said")).isEqualTo("1,reconnecting,connected,1");
    }

    @Test
    void whatIsAskedForMeanwhileWaits() {
        page.connects();
        page.subscribes();
        hub.closes(1012, "the hub restarts");
        assertThat(hub.hears()).isEqualTo("open /channel");
        hub.hears();
        page.value("sub.unsubscribe()");
        page.begins("Promise.all([hub.publish({ n: 1 }), hub.subscribe({})]).then(() => 'done')");
        page.until("hub.state === 'reconnecting'");
        hub.says(ScriptedPage.WELCOME);
        assertThat(hub.hears()).isEqualTo(SUBSCRIBE);
        assertThat(hub.hears()).startsWith("{'op':3,'id':'2',");
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':1,'body':{'n':1}}");
        assertThat(hub.hears()).isEqualTo("{'op':5,'id':'1'}");
        hub.says("{'op':9,'seq':1}", "{'op':4,'id':'2'}");
        assertThat(page.ends()).isEqualTo("done");
    }

    @Test
    void afterAnOrderlyEndItStaysAwayAndSaysSo() {
        page.connects();
        page.subscribes();
        page.begins("Promise.all([hub.publish({}), sub.ended.then((why) => said.push(why.code))])");
        hub.hears();
        hub.closes(1001, "the hub shuts down");
        assertThat(page.ends()).isEqualTo("HawserError 11 the connection has ended: the hub shuts down");
        page.until("said.length === 2");
        assertThat(page.value("said")).isEqualTo("closed,1001");
    }

    @Test
    void aHubThatFallsSilentIsGivenUp() {
        page.opens();
        page.begins("import('/hawser.js').then(({ connect }) => connect()).then((it) => { window.hub = it; })");
        hub.hears();
        hub.hears();
        hub.says(ScriptedPage.WELCOME.replace("'timeout':600", "'timeout':1"));
        assertThat(page.ends()).isEqualTo("undefined");
        // the page opens the next connection without waiting for the end of the last
        List<String> heard = Stream.of(hub.hears(), hub.hears()).sorted().toList();
        assertThat(heard.get(0)).startsWith("closed ");
        assertThat(heard.get(1)).isEqualTo("open /channel");
    }

    @Test
    void withReconnectOffTheFirstLossIsTheEnd() {
        page.opens();
        page.begins(
                "import('/hawser.js').then(({ connect }) => connect(undefined, { reconnect: false }))"
                        + ".then((it) => new Promise((done) => { it.addEventListener('state', ({ detail }) => done(detail.state)); it.publish('up', {}).catch(() => {}); }))");
        hub.hears();
        hub.hears();
        hub.says(ScriptedPage.WELCOME);
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':1,'body':{'_dest':'up'}}");
        hub.loses();
        assertThat(page.ends()).isEqualTo("closed");
    }
}
