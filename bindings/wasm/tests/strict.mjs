// The script of a page with a policy without inline scripts.
import init, * as wherewithal from "/wherewithal-wasm/dist/wasm/js/web.js";

window.ready = init().then(() => Object.assign(window, { wherewithal }));
