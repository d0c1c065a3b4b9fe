// Serves the model on this machine only: GET /health, and POST /predict with one strike as JSON.
// Usage: node serve.mjs [port] [model folder]; port 0, the default, takes a free one.
import { createServer } from "node:http";
import { predict, readModel, scoreRow } from "./model.mjs";

const model = readModel(process.argv[3] ?? process.env.METRICGATE_MODEL_DIR ?? "model");

const answer = (response, status, body) => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
};

const server = createServer(async (request, response) => {
  if (request.method === "GET" && request.url === "/health") return answer(response, 200, { status: "ok" });
  if (request.method !== "POST" || request.url !== "/predict") return answer(response, 404, { error: "no such page" });
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > 10_000) return answer(response, 413, { error: "the strike is longer than 10,000 characters" });
  }
  try {
    const score = scoreRow(model, JSON.parse(text));
    return answer(response, 200, { score, prediction: predict(model, score) });
  } catch (error) {
    return answer(response, 400, { error: error.message });
  }
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}`),
);
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => server.close(() => process.exit(0)));
