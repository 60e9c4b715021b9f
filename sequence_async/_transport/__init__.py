"""The only place that touches aiohttp, time and sleep."""
