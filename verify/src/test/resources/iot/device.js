// A device on the original JavaScript library: node device.js LIBRARY PROVISIONING-FILE PASSPHRASE.
// It does what its standard input says, a line each, and says on its standard output what happens to it.
const [library, file, passphrase] = process.argv.slice(2);
const dcl = require(library + '/node_modules/iotcs-csl-js/device-library.node.js')({debug: false});
const crypto = require('crypto');
const fs = require('fs');
const MODEL = 'urn:test:greenhouse';
const say = (...words) => console.log(words.join(' '));

process.on('uncaughtException', failure => say('failure', String(failure.stack).split('\n').slice(0, 3).join(' ')));
dcl.oracle.iot.tam.store = file;
dcl.oracle.iot.tam.storePassword = passphrase;
dcl.oracle.iot.client.storageCloudHost = 'localhost';

const endpoint = new dcl.device.DirectlyConnectedDevice();
if (endpoint.isActivated()) {
    say('known', endpoint.getEndpointId());
    work();
} else {
    endpoint.activate([MODEL], (device, refusal) => {
        say(refusal ? 'refused ' + refusal : 'activated ' + endpoint.getEndpointId());
        if (!refusal) {
            work();
        }
    });
}

function work() {
    endpoint.getDeviceModel(MODEL, (model, refusal) => {
        if (refusal) {
            say('refused', refusal);
            return;
        }
        const house = endpoint.createVirtualDevice(endpoint.getEndpointId(), model);
        house.onError = told => say('error', told && String(told.errorResponse).split('\n')[0]);
        house.onChange = changes => changes.forEach(one => say('changed', one.attribute.id, one.newValue));
        house.vent.onExecute = level => say('vent', level);
        house.show.onExecute = photo => show(photo);
        say('model', model.urn);
        require('readline').createInterface({input: process.stdin}).on('line', line => obey(house, line.split(' ')));
    });
}

// What it is shown it takes from the storage, if it knows it for something there.
function show(photo) {
    if (!(photo instanceof dcl.StorageObject)) {
        say('foreign', photo.getURI());
        return;
    }
    const copy = fs.createWriteStream('copy');
    copy.on('finish', () => {
        const md5 = crypto.createHash('md5').update(fs.readFileSync('copy')).digest('hex');
        say('shown', photo.getLength(), photo.getType(), md5);
    });
    photo.setOutputStream(copy);
    photo.sync((taken, failure) => failure && say('failure', failure.message));
}

function obey(house, [verb, value]) {
    if (verb === 'humidity') {
        house.update({humidity: Number(value)});
    } else if (verb === 'dry') {
        const alert = house.createAlert(MODEL + ':dry');
        alert.fields.humidity = Number(value);
        alert.raise();
    } else if (verb === 'photo') {
        const photo = endpoint.createStorageObject(value, 'image/png');
        photo.setInputStream(fs.createReadStream(value));
        house.update({photo: photo});
        photo.sync();
    }
}
