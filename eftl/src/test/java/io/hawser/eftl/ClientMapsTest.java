package io.hawser.eftl;

import static io.hawser.eftl.Script.failure;
import static io.hawser.eftl.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.wire.ServerFrame.ChangeKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client asks of the maps of Hawser's own hub, which other servers do not know. */
class ClientMapsTest {
    private static final EftlOptions OPTIONS = EftlOptions.defaults();
    private static final String OURS = welcome("false").replace("}", ",'_hawser':'1'}");

    private static EftlMessage message(long n) {
        return EftlMessage.builder().setLong("n", n).build();
    }

    @Test
    void aValueHasARevisionAndIsReplacedOnlyIfItStillHasIt() {
        Script script = Script.loggedIn(OPTIONS, OURS);
        EftlKVMap map = script.connection().createKVMap("m");
        CompletableFuture<Optional<EftlKVMap.Entry>> entry = map.entry("k");
        CompletableFuture<Optional<EftlKVMap.Entry>> none = map.entry("none");
        CompletableFuture<Long> created = map.create("k", message(1));
        CompletableFuture<Long> replaced = map.replace("k", message(2), 7);
        CompletableFuture<Long> removed = map.remove("k", 8);
        script.hears(
                "> {'op':22,'map':'m','key':'k','seq':1}",
                "> {'op':22,'map':'m','key':'none','seq':2}",
                "> {'op':20,'map':'m','key':'k','value':{'n':1},'seq':3,'_rev':0}",
                "> {'op':20,'map':'m','key':'k','value':{'n':2},'seq':4,'_rev':7}",
                "> {'op':24,'map':'m','key':'k','seq':5,'_rev':8}");
        script.says(
                "{'op':26,'seq':1,'value':{'n':5},'_rev':7}",
                "{'op':26,'seq':2}",
                "{'op':26,'seq':3,'err':31,'reason':'key k has revision 7; read it again'}",
                "{'op':26,'seq':4,'_rev':8}",
                "{'op':26,'seq':5,'_rev':9}");
        assertThat(entry.join().orElseThrow().revision()).isEqualTo(7);
        assertThat(entry.join().orElseThrow().value().getLong("n")).hasValue(5);
        assertThat(none.join()).isEmpty();
        assertThat(failure(created))
                .isInstanceOf(EftlRefusedException.class)
                .hasMessage("key k has revision 7; read it again")
                .extracting(EftlException::code)
                .isEqualTo(EftlKVMap.CONFLICT);
        assertThat(replaced.join()).isEqualTo(8);
        assertThat(removed.join()).isEqualTo(9);
    }

    @Test
    void keysComePageByPage() {
        Script script = Script.loggedIn(OPTIONS, OURS);
        CompletableFuture<List<String>> keys =
                script.connection().createKVMap("m").keys("k/");
        script.hears("> {'op':17,'map':'m','prefix':'k/','seq':1}");
        script.says("{'op':26,'seq':1,'value':{'keys':['k/1','k/2'],'after':'k/2'}}");
        script.hears("> {'op':17,'map':'m','prefix':'k/','after':'k/2','seq':2}");
        script.says("{'op':26,'seq':2,'value':{'keys':[],'after':'k/9'}}");
        script.hears("> {'op':17,'map':'m','prefix':'k/','after':'k/9','seq':3}");
        assertThat(keys).isNotDone();
        script.says("{'op':26,'seq':3,'value':{'keys':['k/91']}}");
        assertThat(keys.join()).containsExactly("k/1", "k/2", "k/91");
    }

    @Test
    void aWatchGoesOnWhereItWas() {
        Script script = Script.loggedIn(OPTIONS, OURS);
        EftlKVMap map = script.connection().createKVMap("m");
        map.watch(
                "k/",
                change -> script.note(change.kind() + " " + change.key() + " " + change.revision() + " "
                        + change.value().map(value -> value.getLong("n").orElseThrow()) + " "
                        + change.time().isPresent()));
        map.watchChanges("", change -> script.note("other " + change.key()));
        script.hears(
                "> {'op':3,'id':'1','stopped':false,'ack':'none','_map':'m','_prefix':'k/','_since':0}",
                "> {'op':3,'id':'2','stopped':false,'ack':'none','_map':'m'}");
        script.says(
                "{'op':4,'id':'1','_since':0}",
                "{'op':4,'id':'2','_since':6}",
                "{'op':7,'to':'1','seq':1,'body':{'n':4},'_time':5,'_change':'set','_key':'k/1','_rev':4}",
                "{'op':7,'to':'1','seq':2,'body':{},'_time':6,'_change':'removed','_key':'k/2','_rev':9}",
                "{'op':7,'to':'1','seq':3,'body':{},'_change':'restarted'}");
        script.hears(
                "SET k/1 4 Optional[4] true", "REMOVED k/2 9 Optional.empty true", "RESTARTED  0 Optional.empty false");
        script.comesBack("true");
        script.hears(
                "> {'op':3,'id':'1','stopped':false,'ack':'none','_map':'m','_prefix':'k/','_since':9}",
                "> {'op':3,'id':'2','stopped':false,'ack':'none','_map':'m','_since':6}",
                "state CONNECTED");
    }

    @Test
    void anotherServerIsNotAskedForWhatItDoesNotKnow() {
        Script script = Script.loggedIn(OPTIONS);
        EftlKVMap map = script.connection().createKVMap("m");
        assertThat(failing(script, map.entry("k")))
                .hasMessage("keys and revisions of maps are not supported with this server");
        assertThat(failing(script, map.keys(""))).isInstanceOf(EftlUnsupportedException.class);
        assertThat(failing(script, map.watch("", change -> {})))
                .hasMessage("watching maps and reading history are not supported with this server");
        script.hears();
    }

    private static EftlException failing(Script script, CompletableFuture<?> asked) {
        script.run();
        return failure(asked);
    }

    @Test
    @Timeout(60)
    void aMapIsWatchedThroughTheHub() {
        try (LiveGateway gateway = new LiveGateway();
                EftlConnection one = Eftl.connect(gateway.url(), OPTIONS).join();
                EftlConnection two = Eftl.connect(gateway.url(), OPTIONS).join()) {
            EftlKVMap map = one.createKVMap("m");
            long first = map.create("k/1", message(1)).join();
            List<EftlKVMap.Change> heard = new CopyOnWriteArrayList<>();
            EftlSubscription watch =
                    two.createKVMap("m").watch("k/", heard::add).join();
            long second = map.replace("k/1", message(2), first).join();
            assertThat(map.replace("k/1", message(3), first)
                            .handle((done, why) -> ((EftlException) why).code())
                            .join())
                    .isEqualTo(EftlKVMap.CONFLICT);
            map.set("other", message(4)).join();
            map.remove("k/1", second).join();
            await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() == 3);
            assertThat(heard)
                    .extracting(EftlKVMap.Change::kind)
                    .containsExactly(ChangeKind.SET, ChangeKind.SET, ChangeKind.REMOVED);
            assertThat(heard).extracting(EftlKVMap.Change::revision).startsWith(first, second);
            for (int i = 0; i < 1_200; i++) {
                map.set("many/" + i, message(i));
            }
            map.set("many/last", message(0)).join();
            assertThat(map.keys("many/").join()).hasSize(1_201);
            watch.close();
            map.set("k/1", message(5)).join();
            assertThat(map.entry("k/1").join().orElseThrow().value().getLong("n"))
                    .hasValue(5);
            assertThat(heard).hasSize(3);
        }
    }
}
