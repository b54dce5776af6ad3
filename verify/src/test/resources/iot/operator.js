// An operator's program on the original JavaScript library: node operator.js LIBRARY PROVISIONING-FILE PASSPHRASE.
// It watches the first device of its model, does what its standard input says, and says on its standard output what happens.
const [library, file, passphrase] = process.argv.slice(2);
const ecl = require(library + '/node_modules/iotcs-csl-js/enterprise-library.node.js')({debug: false});
const APPLICATION = 'test';
const MODEL = 'urn:test:pump';
const say = (...words) => console.log(words.join(' '));

process.on('uncaughtException', failure => say('failure', String(failure.stack).split('\n').slice(0, 3).join(' ')));
ecl.oracle.iot.tam.store = file;
ecl.oracle.iot.tam.storePassword = passphrase;

// Without the name of the application the library takes the callback for it, and finds that the names differ.
ecl.enterprise.EnterpriseClient.newClient(APPLICATION, (client, refusal) => {
    if (refusal || !client) {
        say('refused', refusal);
        return;
    }
    client.getDeviceModel(MODEL, (model, missing) => {
        if (missing || !model) {
            say('missing', missing);
            return;
        }
        client.getActiveDevices(MODEL).page('first').then(
            found => work(client.createVirtualDevice(found.items[0].id, model), found.items[0].id),
            failure => say('failure', failure));
    });
});

function work(pump, id) {
    pump.onChange = changes => changes.forEach(one => say('changed', one.attribute.id, one.newValue));
    pump.onAlerts = alerts => Object.keys(alerts).forEach(
        urn => alerts[urn].forEach(alert => say('alert', alert.severity, alert.fields.level)));
    pump.onError = told => say('error', JSON.stringify(told.errorResponse));
    pump.turn.onExecute = (answer, failure) => say('turned', answer && answer.status, answer && answer.response.statusCode);
    say('watches', id);
    require('readline').createInterface({input: process.stdin}).on('line', line => {
        const [verb, value] = line.split(' ');
        if (verb === 'limit') {
            pump.limit.value = Number(value);
        } else if (verb === 'both') {
            pump.update({limit: Number(value), mode: 'slow'});
        } else if (verb === 'turn') {
            pump.call('turn', Number(value));
        }
    });
}
