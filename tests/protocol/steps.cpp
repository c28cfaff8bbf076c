// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Prints the steps of a migration and the ways between them as the code knows them, for the model (migration.pml).
#include "core/operation.h"

#include <cstdio>
#include <string>

using namespace portulan;

namespace {

std::string nameOf(MigrationStep step)
{
    std::string name(toString(step));
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

void print(const char *macro, bool (*may)(MigrationStep, MigrationStep), int steps)
{
    std::string ways;
    for (int from = 0; from < steps; ++from) {
        for (int to = 0; to < steps; ++to) {
            if (from != to && may(MigrationStep(from), MigrationStep(to))) {
                ways += std::string(ways.empty() ? "" : " || ") + "((from) == " + nameOf(MigrationStep(from))
                    + " && (to) == " + nameOf(MigrationStep(to)) + ")";
            }
        }
    }
    std::printf("#define %s(from, to) (%s)\n", macro, ways.c_str());
}

}

int main()
{
    constexpr int steps = static_cast<int>(MigrationStep::Aborted) + 1;
    std::puts("#define Unheard 0");
    for (int i = 0; i < steps; ++i) {
        std::printf("#define %s %d\n", nameOf(MigrationStep(i)).c_str(), i + 1);
    }
    print("mayFollow", mayFollow, steps);
    print("mayFollowThere", mayFollowThere, steps);
}
