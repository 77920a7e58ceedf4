// The script of a page whose policy allows no inline script.
import init, * as wherewithal from "/wherewithal-wasm/dist/wasm/js/web.js";

window.ready = init().then(() => Object.assign(window, { wherewithal }));
