package io.hawser.verify.page;

import static io.hawser.verify.page.ScriptedPage.LOGIN;
import static io.hawser.verify.page.ScriptedPage.WELCOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code hawser.js} says and hears, frame by frame, in Chromium, with a hub that is played by hand. */
@ExtendWith(Chromium.class)
class HawserScriptTest {
    private final ScriptedPage page;
    private final ScriptedHub hub;

    HawserScriptTest(Page page) {
        this.page = new ScriptedPage(page);
        this.hub = this.page.hub();
    }

    @AfterEach
    void stop() {
        page.close();
    }

    @Test
    void loginSaysWhatTheProgramGave() {
        page.opens();
        page.begins("import('/hawser.js').then(({ connect }) => connect("
                + "undefined, { user: 'u', token: 't', clientId: 'me', maxPendingAcks: 5 }))"
                + ".then((it) => it.clientId + ' ' + it.state)");
        assertThat(hub.hears()).isEqualTo("open /channel");
        assertThat(hub.hears())
                .startsWith(LOGIN + "'user':'u','password':'t','client_id':'me','max_pending_acks':5,'login_options':");
        hub.says(WELCOME);
        assertThat(page.ends()).isEqualTo("page-1 connected");
    }

    @Test
    void aLoginThatIsRefusedIsNotTriedAgain() {
        page.opens();
        page.begins("import('/hawser.js').then(({ connect }) => connect())");
        assertThat(hub.hears()).isEqualTo("open /channel");
        hub.hears();
        hub.closes(4002, "wrong user or password");
        assertThat(page.ends()).isEqualTo("HawserError 4002 wrong user or password");
    }

    @Test
    void whereNobodyIsTheErrorSaysWhatToLookAt() {
        page.opens();
        page.begins("import('/hawser.js').then(({ connect }) => connect('ws://127.0.0.1:1/channel'))");
        assertThat(page.ends())
                .isEqualTo(
                        "HawserError 1006 cannot reach ws://127.0.0.1:1/channel: is the hub there, has it this channel,"
                                + " may this page connect?");
    }

    @Test
    void aPublicationIsSettledByItsAcknowledgement() {
        page.connects();
        page.begins("Promise.all([hub.publish('a/b', 'hi'), hub.publish({ x: 1 })])");
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':1,'body':{'text':'hi','_dest':'a/b'}}");
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':2,'body':{'x':1}}");
        hub.says("{'op':9,'seq':2}", "{'op':9,'seq':1,'_receivers':3}");
        assertThat(page.ends()).isEqualTo("[3,0]");
        page.begins("hub.publish('secret', {})");
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':3,'body':{'_dest':'secret'}}");
        hub.says("{'op':9,'seq':3,'err':12,'reason':'bob may not publish to secret'}");
        assertThat(page.ends()).isEqualTo("HawserError 12 bob may not publish to secret");
    }

    @Test
    void everyKindOfValueIsSaidAsTheHubReadsIt() {
        page.connects();
        page.begins(
                "hub.publish({ long: -3, big: 9223372036854775807n, real: 1.5, whole: double(2), zero: -0, nan: NaN,"
                        + "  far: -Infinity, time: new Date(5), bytes: new Uint8Array([0, 1, 2, 255]), text: '\\u20ac',"
                        + "  inner: { x: double(1) }, longs: [1, 2], reals: [1, 2.5], yes: true, none: null, not: undefined })");
        assertThat(hub.hears())
                .isEqualTo("{'op':8,'seq':1,'body':{'long':-3,'big':9223372036854775807,'real':{'_d_':1.5},"
                        + "'whole':{'_d_':2.0},'zero':{'_d_':-0.0},'nan':{'_d_':'NaN'},'far':{'_d_':'-Infinity'},"
                        + "'time':{'_m_':5},'bytes':{'_o_':'AAEC/w=='},'text':'\u20ac','inner':{'x':{'_d_':1.0}},"
                        + "'longs':[1,2],'reals':[{'_d_':1.0},{'_d_':2.5}],'yes':true}}");
    }

    @Test
    void whatWasHeardCanBeSaidAgainUnchanged() {
        String body = "{'long':-3,'big':-9223372036854775808,'whole':{'_d_':2.0},'reals':[{'_d_':1.0},{'_d_':1.0E300}],"
                + "'time':{'_m_':1700000000123},'bytes':{'_o_':'AAEC/w=='},'text':'12345678901234567890',"
                + "'inner':{'x':{'_d_':1.0},'__proto__':{'y':1}},'list':[{'a':1},{'b':{'_d_':1.0}}]}";
        page.connects();
        page.subscribes();
        page.begins(
                "hub.subscribe({ match: { echo: true } }, ({ body }) => { window.last = body; hub.publish(body); })");
        hub.hears();
        hub.says("{'op':4,'id':'2'}");
        page.ends();
        hub.says("{'op':7,'to':'2','seq':1,'body':" + body + "}");
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':1,'body':" + body.replace("1.0E300", "1e+300") + "}");
        assertThat(
                        page.value(
                                "[last.whole + last.reals[0], last.big, last.time.toISOString(), last.bytes.length, last.text]"))
                .isEqualTo("3,-9223372036854775808,2023-11-14T22:13:20.123Z,4,12345678901234567890");
    }

    @Test
    void whatCannotBeSaidIsRefusedWithAReason() {
        page.connects();
        for (String[] each : new String[][] {
            {"hub.publish([1])", "TypeError undefined a message is an object of fields or a text, not Array"},
            {"hub.publish({ a: [null] })", "TypeError undefined a Null (null) cannot be sent; "},
            {"hub.publish({ a: 2n ** 63n })", "TypeError undefined a BigInt (9223372036854775808) cannot be sent; "},
            {"hub.publish({ _d_: 1 })", "TypeError undefined the field name _d_ is reserved"},
            {"hub.publish({ text: 'x'.repeat(2000) })", "HawserError 11 2035 bytes are more than the hub takes, 2000"},
            {"hub.reply({}, 'x')", "HawserError 41 this event asks for no reply; "}
        }) {
            page.begins(each[0]);
            assertThat(page.ends()).startsWith(each[1]);
        }
        assertThat(hub.heardAll()).isTrue();
    }

    @Test
    void aSubscriptionSaysAllThatWasAskedFor() {
        page.connects();
        page.subscribes(
                "{ topic: 'robot/*', match: { kind: 'gps', n: 3, x: true }, regexp: /^GPS/, durable: 'd', type: 'shared',"
                        + " ack: 'client' }",
                "{'op':3,'id':'1','matcher':'{\\'kind\\':\\'gps\\',\\'n\\':3,\\'x\\':true,\\'_dest\\':\\'robot/*\\'}',"
                        + "'durable':'d','ack':'client','type':'shared','stopped':false,'regexp':'^GPS'}");
        page.begins("hub.subscribe({ match: { x: 1.5 } })");
        hub.hears();
        hub.says("{'op':6,'id':'2','err':22,'reason':'no doubles'}");
        assertThat(page.ends()).isEqualTo("HawserError 22 no doubles");
    }

    @Test
    void eventsAreToldInOrderAndAcknowledgedWhenHandled() {
        page.connects();
        page.subscribes();
        page.begins("new Promise((done) => hub.subscribe({}, (event) => done({ ...event })))");
        hub.hears();
        hub.says("{'op':4,'id':'2'}");
        hub.says(
                "{'op':7,'to':'2','seq':1,'sid':8,'cnt':2,'body':{'t':'x'},'_topic':'a/b','_from':'ivy:A','_time':5000}");
        assertThat(page.ends())
                .isEqualTo(
                        "{\"body\":{\"t\":\"x\"},\"topic\":\"a/b\",\"from\":\"ivy:A\","
                                + "\"time\":\"1970-01-01T00:00:05.000Z\",\"storeId\":8,\"deliveryCount\":2,\"isRequest\":false}");
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':1,'id':'2'}");
        page.delivers(2);
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':2,'id':'1'}");
        page.delivers(2);
        assertThat(hub.hears()).as("a duplicate is acknowledged again").isEqualTo("{'op':9,'seq':2,'id':'1'}");
        assertThat(page.value("said")).isEqualTo("2");
    }

    @Test
    void aListenerThatFailsMissesNothing() {
        page.connects();
        page.begins("hub.subscribe({}, async (event) => { said.push(event.body.n); throw new Error('no'); })");
        hub.hears();
        hub.says("{'op':4,'id':'1'}");
        page.delivers(1);
        page.delivers(2);
        page.until("said.length === 2");
        assertThat(page.value("said")).isEqualTo("1,2");
    }

    @Test
    void theProgramAcknowledgesByHand() {
        page.connects();
        page.subscribes("{ ack: 'client' }", "{'op':3,'id':'1','matcher':'{}','ack':'client','stopped':false}");
        page.begins("hub.subscribe({ ack: 'client' }).then(async (it) => { window.all = [];"
                + " for await (const event of it) { all.push(event); if (all.length === 3) break; }"
                + " it.acknowledge(all[1]); it.acknowledge(all[2], true); })");
        hub.hears();
        hub.says("{'op':4,'id':'2'}");
        for (int n = 1; n <= 3; n++) {
            hub.says("{'op':7,'to':'2','seq':" + n + ",'body':{}}");
        }
        assertThat(page.ends()).isEqualTo("undefined");
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':2}");
        assertThat(hub.hears()).isEqualTo("{'op':9,'seq':3,'id':'2'}");
    }

    @Test
    void closeKeepsADurableAndUnsubscribeDeletesIt() {
        page.connects();
        page.subscribes();
        page.value("sub.close()");
        assertThat(hub.hears()).isEqualTo("{'op':5,'id':'1','del':false}");
        page.begins("hub.subscribe({ durable: 'd' }, () => {}).then((it) => it.unsubscribe())");
        hub.hears();
        hub.says("{'op':4,'id':'2'}");
        assertThat(hub.hears()).isEqualTo("{'op':5,'id':'2'}");
    }

    @Test
    void aRequestIsAnsweredByTheFirstReplyOrTimesOut() {
        page.connects();
        page.begins("hub.request('calc', { x: 1 })");
        assertThat(hub.hears()).isEqualTo("{'op':13,'seq':1,'body':{'x':1,'_dest':'calc'}}");
        hub.says("{'op':14,'seq':1,'body':{'y':2}}", "{'op':14,'seq':1,'body':{'y':3}}");
        assertThat(page.ends()).isEqualTo("{\"y\":2}");
        page.begins("hub.request('calc', 'x', { timeout: 20 })");
        hub.hears();
        assertThat(page.ends()).isEqualTo("HawserError 99 no reply within 20 ms; does anybody answer?");
        page.begins("hub.request('calc', {})");
        hub.hears();
        hub.says("{'op':14,'seq':3,'err':41,'reason':'nobody answers calc'}");
        assertThat(page.ends()).isEqualTo("HawserError 41 nobody answers calc");
    }

    @Test
    void aReplyGoesWhereItsRequestSays() {
        page.connects();
        page.begins("hub.subscribe('calc', (event) => event.isRequest && hub.reply(event, { y: event.body.x + 1 }))");
        hub.hears();
        hub.says("{'op':4,'id':'1'}", "{'op':7,'to':'1','seq':1,'reply_to':'inbox','req':8,'body':{'x':1}}");
        assertThat(hub.hears()).isEqualTo("{'op':15,'seq':1,'to':'inbox','req':8,'body':{'y':2}}");
    }

    @Test
    void aMapSetsGetsAndRemoves() {
        page.connects();
        page.begins("hub.map('m').set('k', { x: double(1) })");
        assertThat(hub.hears()).isEqualTo("{'op':20,'seq':1,'map':'m','key':'k','value':{'x':{'_d_':1.0}}}");
        hub.says("{'op':26,'seq':1}");
        assertThat(page.ends()).isEqualTo("undefined");
        page.begins("hub.map('m').get('k')");
        assertThat(hub.hears()).isEqualTo("{'op':22,'seq':2,'map':'m','key':'k'}");
        hub.says("{'op':26,'seq':2,'value':{'x':{'_d_':1.5}}}");
        assertThat(page.ends()).isEqualTo("{\"x\":1.5}");
        page.begins("hub.map('m').remove('k')");
        assertThat(hub.hears()).isEqualTo("{'op':24,'seq':3,'map':'m','key':'k'}");
        hub.says("{'op':26,'seq':3,'err':14,'reason':'not yours'}");
        assertThat(page.ends()).isEqualTo("HawserError 14 not yours");
    }

    @Test
    void aMapKnowsRevisionsAndKeys() {
        page.connects();
        page.begins("hub.map('m').entry('k')");
        assertThat(hub.hears()).isEqualTo("{'op':22,'seq':1,'map':'m','key':'k'}");
        hub.says("{'op':26,'seq':1,'value':{'x':1},'_rev':7}");
        assertThat(page.ends()).isEqualTo("{\"value\":{\"x\":1},\"revision\":7}");
        page.begins("hub.map('m').set('k', {}, 7)");
        assertThat(hub.hears()).isEqualTo("{'op':20,'seq':2,'map':'m','key':'k','_rev':7,'value':{}}");
        hub.says("{'op':26,'seq':2,'err':31,'reason':'key k has revision 8; read it again'}");
        assertThat(page.ends()).isEqualTo("HawserError 31 key k has revision 8; read it again");
        page.begins("hub.map('m').remove('k', 8)");
        assertThat(hub.hears()).isEqualTo("{'op':24,'seq':3,'map':'m','key':'k','_rev':8}");
        hub.says("{'op':26,'seq':3,'_rev':9}");
        assertThat(page.ends()).isEqualTo("9");
        page.begins("hub.map('m').keys('a/')");
        assertThat(hub.hears()).isEqualTo("{'op':17,'seq':4,'map':'m','prefix':'a/','after':''}");
        hub.says("{'op':26,'seq':4,'value':{'keys':['a/1'],'after':'a/1'}}");
        assertThat(hub.hears()).isEqualTo("{'op':17,'seq':5,'map':'m','prefix':'a/','after':'a/1'}");
        hub.says("{'op':26,'seq':5,'value':{'keys':['a/2']}}");
        assertThat(page.ends()).isEqualTo("[\"a/1\",\"a/2\"]");
    }

    @Test
    void aWatchGoesOnWhereItWas() {
        page.connects();
        page.begins("hub.map('m').watch('a/', (change) => said.push(JSON.stringify(change)), { now: true })"
                + ".then((it) => { window.sub = it; })");
        assertThat(hub.hears()).isEqualTo("{'op':3,'id':'1','ack':'none','_map':'m','_prefix':'a/'}");
        hub.says(
                "{'op':4,'id':'1','_since':3}",
                "{'op':7,'to':'1','seq':1,'body':{'x':1},'_time':5,'_change':'set','_key':'a/1','_rev':4}",
                "{'op':7,'to':'1','seq':2,'body':{},'_time':6,'_change':'removed','_key':'a/1','_rev':5}",
                "{'op':7,'to':'1','seq':3,'body':{},'_change':'restarted'}");
        page.until("said.length === 3");
        assertThat(page.value("said.join()"))
                .isEqualTo("{\"kind\":\"set\",\"key\":\"a/1\",\"value\":{\"x\":1},\"revision\":4,"
                        + "\"time\":\"1970-01-01T00:00:00.005Z\"},{\"kind\":\"removed\",\"key\":\"a/1\",\"revision\":5,"
                        + "\"time\":\"1970-01-01T00:00:00.006Z\"},{\"kind\":\"restarted\",\"revision\":0}");
        page.comesBack("false");
        assertThat(hub.hears()).isEqualTo("{'op':3,'id':'1','ack':'none','_map':'m','_prefix':'a/','_since':5}");
    }

    @Test
    void historyGoesOnWhereItWas() {
        page.connects();
        page.begins("hub.subscribe({ topic: 'a/>', since: 0 }, (event) => said.push(event.storeId))"
                + ".then((it) => { window.sub = it; })");
        assertThat(hub.hears())
                .isEqualTo(
                        "{'op':3,'id':'1','matcher':'{\\'_dest\\':\\'a/>\\'}','ack':'none','stopped':false,'_since':0}");
        hub.says("{'op':4,'id':'1','_since':0}", "{'op':7,'to':'1','seq':1,'sid':17,'body':{'n':1},'_topic':'a/b'}");
        page.until("said.length === 1");
        assertThat(page.value("said.join()")).isEqualTo("17");
        page.comesBack("true");
        assertThat(hub.hears()).endsWith(",'_since':17}");
    }

    @Test
    void closeWaitsForWhatIsUnderWayAndThenTakesNothing() {
        page.connects();
        page.begins("Promise.all([hub.publish({}), hub.close()])");
        assertThat(hub.hears()).isEqualTo("{'op':8,'seq':1,'body':{}}");
        hub.says("{'op':9,'seq':1,'_receivers':1}");
        assertThat(hub.hears()).startsWith("{'op':11,");
        assertThat(hub.hears()).isEqualTo("closed 1000");
        assertThat(page.ends()).isEqualTo("[1,null]");
        assertThat(page.value("said")).isEqualTo("closed");
        page.begins("hub.publish({})");
        assertThat(page.ends()).isEqualTo("HawserError 11 the connection is closed; connect again");
    }

    @Test
    void moreThanTheBufferHoldsIsRefused() {
        page.connects();
        page.begins("(async () => { for (let n = 0; n < 10000; n++) hub.publish({ n }).catch(() => {});"
                + " return hub.publish({}); })()");
        assertThat(page.ends())
                .isEqualTo("HawserError 11 10000 operations wait for the hub; await some before asking for more");
    }

    @Test
    void heartbeatsAreAnsweredAndErrorsTold() {
        page.connects();
        hub.says("{'op':0}");
        assertThat(hub.hears()).isEqualTo("{'op':0}");
        hub.says("{'op':10,'err':20,'reason':'no such subscription'}");
        page.until("said.length === 1");
        assertThat(page.value("said")).isEqualTo("no such subscription");
    }
}
