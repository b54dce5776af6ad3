package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.iot.model.Format;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.Members;
import io.hawser.iot.wire.operator.Latest;
import io.hawser.iot.wire.operator.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads in the server's history what a device said in a format between two looks, where that was more than one look tells ({@code
 * specs/iot.md} 1.9). Owner: the loop.
 */
final class Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(EnterpriseClient.class);
    private static final int PAGE = 200;
    private static final int MOST = 5_000;

    private final Server server;
    private final int formatLimit;

    /** @param formatLimit how many messages of a format one look tells */
    Backlog(Server server, int formatLimit) {
        this.server = server;
        this.formatLimit = formatLimit;
    }

    /** {@code news} of {@code device}, with all that was said in formats after {@code since} up to {@code until}. */
    CompletableFuture<Latest.News> whole(VirtualDevice device, Latest.News news, long since, long until) {
        Map<String, List<Latest.Said>> formats = new LinkedHashMap<>(news.formats());
        CompletableFuture<?> all = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, List<Latest.Said>> each : news.formats().entrySet()) {
            if (each.getValue().size() >= formatLimit) {
                Reading reading = new Reading(device, each.getKey(), since, until);
                all = all.thenCompose(before -> reading.page(0)).thenAccept(said -> formats.put(each.getKey(), said));
            }
        }
        return all.handle((done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "iot[{}] more was said than is told: {}",
                        device,
                        Orders.cause(failure).getMessage());
            }
            return new Latest.News(news.attributes(), formats);
        });
    }

    /** The messages of one format, page by page; beyond {@value #MOST} of all formats the oldest are told. */
    private final class Reading {
        private final String path;
        private final String format;
        private final List<Latest.Said> found = new ArrayList<>();

        Reading(VirtualDevice device, String format, long since, long until) {
            boolean alert = device.getDeviceModel()
                    .format(format)
                    .map(known -> known.kind() == Format.Kind.ALERT)
                    .orElse(true);
            this.format = format;
            this.path = "messages?device=" + DevicePath.encode(device.getEndpointId()) + "&type="
                    + (alert ? Format.Kind.ALERT : Format.Kind.DATA) + "&since=" + since + "&until=" + until
                    + "&orderBy=deliveredTime:asc&limit=" + PAGE;
        }

        CompletableFuture<List<Latest.Said>> page(int offset) {
            return server.fetch(path + "&offset=" + offset, answer -> {
                        Page page = Page.read(answer);
                        for (Fields item : page.items()) {
                            Members message = new Members(item, "message: ");
                            if (message.object("payload").required("format").equals(format)) {
                                found.add(Latest.Said.kept(message));
                            }
                        }
                        return page;
                    })
                    .thenCompose(page -> {
                        int next = offset + page.items().size();
                        return page.hasMore() && next > offset && next < MOST
                                ? page(next)
                                : CompletableFuture.completedFuture(found);
                    });
        }
    }
}
