package io.hawser.examples;

import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.storage.StorageObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;

/**
 * A camera for Oracle IoT CS: when the server asks for a picture it takes one, uploads it, and says where it is.
 *
 * <pre>
 *   hawser device call CAMERA-1 takePicture lobby
 * </pre>
 */
public final class IotCamera {
    private static final String URN = "urn:com:example:camera";

    private IotCamera() {}

    /** Takes the provisioning file, its passphrase, and how many pictures it takes before it ends. */
    public static void main(String[] args) throws Exception {
        CountDownLatch left = new CountDownLatch(args.length > 2 ? Integer.parseInt(args[2]) : 10);
        try (DirectlyConnectedDevice device = new DirectlyConnectedDevice(Path.of(args[0]), args[1])) {
            if (!device.isActivated()) {
                device.activate(URN);
            }
            VirtualDevice camera = device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
            camera.setCallable("takePicture", name -> {
                StorageObject picture = device.createStorageObject(name.orElseThrow() + ".png", "image/png");
                picture.setInputStream(new ByteArrayInputStream(picture()));
                camera.set("image", picture).thenRun(left::countDown);
            });
            System.out.println("ready");
            left.await();
        }
    }

    /** Nothing to be seen, but as a picture. */
    private static byte[] picture() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB), "png", png);
        return png.toByteArray();
    }
}
