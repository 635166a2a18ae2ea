// One entry for all pages; each module finds its own data-* attributes and does nothing without them.
import './size.js';
import './keyboard.js';
import './tabs.js';
import './tables.js';
import './dialogs.js';
import './forms.js';
import './money.js';
import './rows.js';
import './upload.js';
import './poll.js';
import './copy.js';
import './htmx.js';
