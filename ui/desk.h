// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
namespace portulan {

class CensusTaker;
class Federation;
class Settings;
class Theme;

/// What every page works with; made once a window, outlives its pages.
struct Desk {
    Federation &federation;
    CensusTaker &census;
    Settings &settings;
    const Theme &theme;
};

}
