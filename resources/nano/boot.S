# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
#
# The nano guest: a whole machine's software in one boot sector. It proves that a virtual machine really runs:
# - says so on the first serial port, then counts there about once a second;
# - writes the count to its disk (sectors 64 to 127 in turn, through the firmware);
# - lets go of a disk that is being unplugged, and powers off when the power button is pressed.
# Assembled with BUSY it never rests and hardly speaks: it writes all over the first 8 MiB, for tests of copies that follow it.
        .intel_syntax noprefix
        .code16
        .globl  _start

        .set    COM1, 0x3f8
        .set    PM_STATUS, 0x600        # PIIX4 power management where SeaBIOS puts it: status, enable, control
        .set    PM_ENABLE, 0x602
        .set    PM_CONTROL, 0x604
        .set    POWER_BUTTON, 0x100
        .set    PCI_DOWN, 0xae04        # slots whose device is asked for; written to PCI_EJECT they let go of it
        .set    PCI_EJECT, 0xae08
        .set    TICKS, 0x46c            # of the firmware's clock, 18.2 a second
        .set    SECTOR, 0x8000          # where a sector to write is put together

_start: cli
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7c00
        sti
        cld
        mov     [drive], dl
        mov     dx, PM_ENABLE
        mov     ax, POWER_BUTTON
        out     dx, ax
        mov     si, offset banner
        call    say

beat:   inc     dword ptr [count]
        .ifndef BUSY
        mov     si, offset beating
        call    say
        mov     eax, [count]
        call    sayhex
        mov     si, offset newline
        call    say
        .endif
        mov     dword ptr [SECTOR], 0x54414542          # "BEAT"
        mov     eax, [count]
        mov     [SECTOR + 4], eax
        .ifdef  BUSY
        imul    eax, eax, 149
        and     eax, 0x3fff
        .else
        and     eax, 63
        .endif
        add     eax, 64
        mov     [lba], eax
        mov     ah, 0x43                                # extended write
        mov     al, 0
        mov     dl, [drive]
        mov     si, offset packet
        int     0x13
        jnc     rest
        mov     si, offset failed
        call    say

rest:   mov     ebx, [TICKS]
        add     ebx, 18
idle:
        .ifndef BUSY
        hlt
        .endif
        mov     dx, PCI_DOWN
        in      eax, dx
        test    eax, eax
        jz      1f
        mov     dx, PCI_EJECT
        out     dx, eax
1:      mov     dx, PM_STATUS
        in      ax, dx
        test    ax, POWER_BUTTON
        jnz     off
        .ifndef BUSY
        cmp     [TICKS], ebx
        jb      idle
        .endif
        jmp     beat

off:    mov     si, offset bye
        call    say
        mov     dx, PM_CONTROL
        mov     ax, 0x2000                              # soft off
        out     dx, ax
        jmp     idle

say:    lodsb
        test    al, al
        jz      2f
        call    put
        jmp     say
2:      ret

put:    push    ax
        mov     dx, COM1 + 5
3:      in      al, dx
        test    al, 0x20
        jz      3b
        pop     ax
        mov     dx, COM1
        out     dx, al
        ret

sayhex: mov     cx, 8
4:      rol     eax, 4
        push    eax
        and     al, 15
        cmp     al, 10
        sbb     al, 0x69
        das                                             # the shortest way from a nibble to its digit
        call    put
        pop     eax
        loop    4b
        ret

drive:  .byte   0
count:  .long   0
packet: .byte   16, 0
        .word   1, SECTOR, 0
lba:    .long   0, 0
banner: .asciz  "PORTULAN nano guest is up\r\n"
beating: .asciz "beat "
newline: .asciz "\r\n"
bye:    .asciz  "powering off\r\n"
failed: .asciz  "disk error\r\n"

        .org    510
        .word   0xaa55
