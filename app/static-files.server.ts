import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { type RequestHandler } from "express";

/** The files of the browser build. Names under /assets carry a hash of what is in them, so they are kept for ever. */
export function staticFiles(folder: string): RequestHandler {
  const immutable = express.static(folder, { immutable: true, maxAge: "1y", index: false, redirect: false, dotfiles: "ignore" });
  const shortly = express.static(folder, { maxAge: "1h", index: false, redirect: false, dotfiles: "ignore" });
  const compressed = new Map<string, boolean>();

  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    if (!request.path.startsWith("/assets/")) return shortly(request, response, next);

    // Written beside each file by the build: nothing is compressed while somebody waits.
    const { path } = request;
    if (!compressed.has(path)) {
      if (compressed.size > 5000) compressed.clear();
      compressed.set(path, !path.includes("..") && existsSync(join(folder, `${path}.br`)));
    }
    response.vary("accept-encoding");
    // An asset that is not there is no page, whoever asks.
    const missing = () => void response.status(404).type("text").end("There is no such file.");
    if (!compressed.get(path) || !request.acceptsEncodings("br")) return immutable(request, response, missing);
    response.type(path.slice(path.lastIndexOf(".") + 1));
    response.setHeader("content-encoding", "br");
    request.url = request.url.replace(path, `${path}.br`);
    immutable(request, response, missing);
  };
}
