// The ceiling: what node:http alone does with the same requests.
import { createServer } from 'node:http';

const BODY = '{"hello":"world"}';
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': BODY.length });
  response.end(BODY);
});
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
process.once('SIGTERM', () => process.exit(0));
